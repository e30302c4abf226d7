//! A chart with what belongs to it: its title, what it rests on, words for whoever hears it, its numbers.

use super::{Error, Report, draw::Drawing, kind::ChartKind, markup, palette, section::Basis, table::Table};

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chart {
    pub kind: ChartKind,
    pub basis: Basis,
    /// What is to be seen in it, in words.
    pub told: String,
    pub drawing: Drawing,
    pub table: Table,
}

impl Chart {
    /// As a part of the page, with its numbers.
    ///
    /// # Errors
    /// [`Error::Drawing`].
    pub(super) fn figure(&self) -> Result<String, Error> {
        let (id, title, basis) = (self.kind.word(), self.kind.title(), self.basis.told());
        let svg = self.labelled(&self.drawn(&[])?);
        let table = self.table.html(id, &format!("{title}. {basis}."));
        let (title, basis) = (markup::escaped(title), markup::escaped(&basis));
        Ok(format!(
            "<figure id=\"{id}\"><figcaption><strong>{title}</strong> <span>{basis}</span></figcaption>\n{svg}\
             <details><summary>The numbers</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}-title\">\n{table}</div></details></figure>\n"
        ))
    }

    /// As a picture of its own.
    ///
    /// # Errors
    /// [`Error::Drawing`].
    pub(super) fn alone(&self, report: &Report<'_>) -> Result<String, Error> {
        const COLUMNS: usize = 56;
        let about = markup::shortened(report.heading, COLUMNS);
        let svg = self.drawn(&[self.kind.title(), &self.basis.told(), &about])?;
        let style = format!("<style>{}</style>\n", palette::style());
        Ok(after_open_tag(&self.labelled(&svg), "</desc>\n", &style))
    }

    fn drawn(&self, heading: &[&str]) -> Result<String, Error> {
        let failed =
            |reason: &dyn ToString| Error::Drawing { chart: self.kind.word(), reason: reason.to_string() };
        self.drawing.svg(heading).map_err(|error| failed(&error))
    }

    /// With a name and a description for whoever cannot see it.
    fn labelled(&self, svg: &str) -> String {
        let (id, title, told) =
            (self.kind.word(), markup::escaped(self.kind.title()), markup::escaped(&self.told));
        let named = format!("<svg role=\"img\" aria-labelledby=\"{id}-title {id}-told\" ");
        let svg = svg.replacen("<svg ", &named, 1);
        let words =
            format!("<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-told\">{told}</desc>\n");
        after_open_tag(&svg, ">\n", &words)
    }
}

/// With more behind the first of these.
fn after_open_tag(svg: &str, first: &str, more: &str) -> String {
    svg.replacen(first, &format!("{first}{more}"), 1)
}
