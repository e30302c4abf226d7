//! The page: everything in one file that asks nobody for anything. Its style is in `report.css`.

use std::fmt::Write;

use super::{
    Error, Report,
    markup::escaped,
    palette,
    section::{Figure, Section},
};
use crate::domain::stats::Page;

const STYLE: &str = include_str!("../../assets/report.css");

/// The page of these sections.
///
/// # Errors
/// [`Error::Drawing`].
pub(super) fn html(report: &Report<'_>, sections: &[Section]) -> Result<String, Error> {
    let heading = escaped(report.heading);
    let contents: String = Page::ALL.into_iter().map(link).collect();
    let sections = sections.iter().map(section).collect::<Result<String, Error>>()?;
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <title>retain: {heading}</title>\n<style>\n{STYLE}\n{}\n</style>\n</head>\n<body>\n\
         <header><h1>{heading}</h1>\n<p>What your answers come to, as of the study day {}. Intervals are Wilson's at \
         95&#160;%: how far a share may be off by chance.</p>\n<nav aria-label=\"Sections\">{contents}</nav></header>\n\
         <main>\n{sections}</main>\n</body>\n</html>\n",
        palette::style(),
        report.today
    ))
}

fn link(page: Page) -> String {
    format!("<a href=\"#{}\">{}</a> ", anchor(page), escaped(page.title()))
}

/// The place of a section. Charts have their own, and may have the same word.
fn anchor(page: Page) -> String {
    format!("page-{}", page.word())
}

fn section(section: &Section) -> Result<String, Error> {
    let Section { page, basis, figures, words, charts } = section;
    let (anchor, title, explanation) = (anchor(*page), escaped(page.title()), sentences(page.explanation()));
    let mut html = format!(
        "<section id=\"{anchor}\" aria-labelledby=\"{anchor}-title\">\n<h2 id=\"{anchor}-title\">{title}</h2>\n\
         <p class=\"basis\">{}.</p>\n<p class=\"explanation\">{explanation}</p>\n",
        escaped(&basis.told())
    );
    if !figures.is_empty() {
        let figures: String = figures.iter().map(figure).collect();
        let _ = write!(html, "<dl>\n{figures}</dl>\n");
    }
    for sentence in words {
        let _ = writeln!(html, "<p>{}</p>", sentences(sentence));
    }
    html.push_str("<div class=\"charts\">\n");
    for chart in charts {
        html.push_str(&chart.figure()?);
    }
    if charts.is_empty() {
        html.push_str("<p class=\"basis\">There is nothing to draw yet.</p>\n");
    }
    html.push_str("</div>\n</section>\n");
    Ok(html)
}

/// Our own words, with commands in back quotes.
fn sentences(text: &str) -> String {
    let text = escaped(text);
    let parts = text.split('`').enumerate();
    parts
        .map(|(nth, part)| if nth % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() })
        .collect()
}

fn figure(Figure { name, cell, note }: &Figure) -> String {
    let note = if note.is_empty() { String::new() } else { format!(" <small>{}</small>", escaped(note)) };
    format!("<div><dt>{}</dt><dd>{}{note}</dd></div>\n", escaped(name), cell.html())
}
