//! Numbers as a table. What is rounded to be read carries its whole number with it, in the element that HTML has
//! for that.

use std::fmt::{Display, Write};

use super::markup;
use crate::{domain::evaluation::Share, typeset::percent};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// A figure or words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    shown: String,
    /// The number that was rounded.
    exact: Option<String>,
    is_number: bool,
}

/// What stands where there is no figure.
const NONE: &str = "–";

impl Cell {
    /// Words, a stranger's among them.
    pub(super) fn words(words: &str) -> Self {
        Self { shown: words.to_owned(), exact: None, is_number: false }
    }

    /// Something that is shown whole: a count, a day.
    pub(super) fn whole(number: impl Display) -> Self {
        Self { shown: number.to_string(), exact: None, is_number: true }
    }

    /// A count of something that may not be known.
    pub(super) fn maybe(number: Option<impl Display>) -> Self {
        number.map_or_else(Self::none, Self::whole)
    }

    /// A number, rounded.
    pub(super) fn rounded(number: f64, decimals: usize) -> Self {
        Self { shown: format!("{number:.decimals$}"), exact: Some(number.to_string()), is_number: true }
    }

    /// A number by what it is called.
    pub(super) fn called(name: String, number: f64) -> Self {
        Self { shown: name, exact: Some(number.to_string()), is_number: true }
    }

    /// A share of one as percent: `87.3 %`.
    pub(super) fn percent(share: f64) -> Self {
        Self { shown: percent(share), exact: Some(share.to_string()), is_number: true }
    }

    /// A share of counted things.
    pub(super) fn share(share: Share) -> Self {
        if share.of == 0 { Self::none() } else { Self::percent(share.value()) }
    }

    /// An end of its interval.
    pub(super) fn low(share: Share) -> Self {
        if share.of == 0 { Self::none() } else { Self::percent(share.interval().low) }
    }

    /// The other end.
    pub(super) fn high(share: Share) -> Self {
        if share.of == 0 { Self::none() } else { Self::percent(share.interval().high) }
    }

    /// Milliseconds as seconds.
    pub(super) fn seconds(ms: u64) -> Self {
        Self { shown: format!("{:.1}", ms as f64 / 1e3), exact: Some(ms.to_string()), is_number: true }
    }

    /// Minutes of milliseconds, a begun one counted whole.
    pub(super) fn minutes(minutes: u64, ms: u64) -> Self {
        Self { shown: minutes.to_string(), exact: Some(ms.to_string()), is_number: true }
    }

    /// No figure.
    pub(super) fn none() -> Self {
        Self { shown: NONE.to_owned(), exact: None, is_number: true }
    }

    /// As an element's content.
    pub(super) fn html(&self) -> String {
        let shown = markup::escaped(&self.shown);
        match &self.exact {
            None => shown,
            Some(exact) => format!("<data value=\"{exact}\">{shown}</data>"),
        }
    }
}

impl Table {
    /// As HTML, with this identity and caption.
    pub(super) fn html(&self, id: &str, caption: &str) -> String {
        let mut html =
            format!("<table id=\"table-{id}\"><caption>{}</caption>\n<thead><tr>", markup::escaped(caption));
        for column in &self.columns {
            let _ = write!(html, "<th scope=\"col\">{}</th>", markup::escaped(column));
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for (nth, cell) in row.iter().enumerate() {
                html.push_str(&cell.in_table(nth == 0));
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table>\n");
        html
    }
}

impl Cell {
    fn in_table(&self, is_head: bool) -> String {
        let class = if self.is_number { "" } else { " class=\"words\"" };
        match is_head {
            true => format!("<th scope=\"row\"{class}>{}</th>", self.html()),
            false => format!("<td{class}>{}</td>", self.html()),
        }
    }
}
