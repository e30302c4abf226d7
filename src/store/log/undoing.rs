//! What an undo would take back, and what a redo would bring again. Both look at what was done on this
//! machine only.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Collection, Doing, Result, Store,
    rows::{EVENTS, event_of_row},
};
use crate::{
    domain::{
        ids::EventId,
        review_log::{Act, Event},
    },
    store::cards,
};

/// What a walk back through the log makes of an event that counts.
enum Step {
    /// It takes this one back; both are passed over.
    Past(EventId),
    /// It is what was looked for.
    Found,
    /// There is nothing to be found.
    Stop,
}

impl Store {
    /// The events of the newest act that still counts, newest first: what an undo would take back. None
    /// when nothing is left to undo.
    ///
    /// # Errors
    /// When the database cannot be read or a row says what cannot be.
    pub fn newest_act(&self) -> Result<Vec<Event>> {
        find_act(&self.connection, |event| {
            Ok(match event.act {
                Act::Undo { target } => Step::Past(target),
                _ => Step::Found,
            })
        })
    }

    /// The events of the undo that a redo would take back, newest first. None when nothing was undone
    /// since the last act.
    ///
    /// # Errors
    /// As [`Store::newest_act`].
    pub fn newest_undo(&self) -> Result<Vec<Event>> {
        find_act(&self.connection, |event| {
            Ok(match event.act {
                Act::Undo { target } if is_undo(&self.connection, target)? => Step::Past(target),
                Act::Undo { .. } => Step::Found,
                _ => Step::Stop,
            })
        })
    }
}

fn is_undo(connection: &Connection, event: EventId) -> Result<bool> {
    let kind = connection
        .prepare_cached("SELECT kind = 'undo' FROM log WHERE id = ?")
        .and_then(|mut statement| statement.query_row([event.0], |row| row.get(0)).optional());
    Ok(kind.doing("look for what was undone")?.unwrap_or_default())
}

/// The events of the first act that `step` finds.
fn find_act(connection: &Connection, step: impl Fn(&Event) -> Result<Step>) -> Result<Vec<Event>> {
    let mut undone = HashSet::new();
    let mut act: Vec<Event> = Vec::new();
    walk_back(connection, |event, follows| {
        let counts = !undone.contains(&event.id) && cards::is_here(connection, event.card)?;
        if act.is_empty() && counts {
            match step(&event)? {
                Step::Past(target) => drop(undone.insert(target)),
                Step::Stop => return Ok(false),
                Step::Found => act.push(event),
            }
        } else if !act.is_empty() && counts {
            act.push(event);
        }
        Ok(act.is_empty() || follows)
    })?;
    Ok(act)
}

/// This machine's events, newest first, each with whether it follows the one before it, for as long as
/// `go_on` says.
fn walk_back(connection: &Connection, mut go_on: impl FnMut(Event, bool) -> Result<bool>) -> Result<()> {
    let doing = "look for what to undo";
    let Collection { device, merged_through, .. } = Collection::read(connection).doing(doing)?;
    // What a merge brought in may be older than what was there before.
    for (rows, order) in [("log.id > ?", "log.id DESC"), ("log.id <= ?", "log.at DESC, log.id DESC")] {
        let sql = format!("{EVENTS} WHERE {rows} ORDER BY {order}");
        let mut statement = connection.prepare_cached(&sql).doing(doing)?;
        let mut rows = statement.query(params![merged_through]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let is_own = row.get_ref(15).and_then(|name| Ok(name.as_str()? == device)).doing(doing)?;
            let follows = row.get::<_, Option<bool>>(12).doing(doing)?.unwrap_or_default();
            if is_own && !go_on(event_of_row(row)?, follows)? {
                return Ok(());
            }
        }
    }
    Ok(())
}
