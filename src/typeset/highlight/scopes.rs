//! From the scopes that a grammar gives a piece of code, such as
//! `source.python meta.function keyword.declaration`, to the role it plays.

use syntect::parsing::{Scope, ScopeStack};

use crate::typeset::Role;

/// Scopes and what they mean; of those that fit, the first one counts.
const MEANINGS: [(&str, Role); 43] = [
    ("punctuation.definition.comment", Role::Comment),
    ("comment", Role::Comment),
    ("invalid", Role::Invalid),
    ("markup.deleted", Role::Invalid),
    ("markup.inserted", Role::String),
    ("meta.interpolation", Role::CodePlain),
    ("meta.template.expression", Role::CodePlain),
    ("punctuation.definition.string", Role::String),
    ("constant.character.escape", Role::Constant),
    ("constant.other.placeholder", Role::Constant),
    ("constant.numeric", Role::Number),
    ("keyword.other.unit", Role::Number),
    ("constant.other.color", Role::Number),
    ("constant", Role::Constant),
    ("support.constant", Role::Constant),
    ("punctuation.definition.annotation", Role::Attribute),
    ("variable.annotation", Role::Attribute),
    ("meta.annotation", Role::Attribute),
    ("entity.other.attribute-name", Role::Attribute),
    ("support.type.property-name", Role::Attribute),
    ("meta.mapping.key", Role::Attribute),
    ("string", Role::String),
    ("punctuation.definition.keyword", Role::Keyword),
    ("punctuation", Role::Punctuation),
    ("keyword.operator", Role::Operator),
    ("keyword", Role::Keyword),
    ("variable.language", Role::Keyword),
    ("storage.type.numeric", Role::Number),
    ("storage.type.string", Role::String),
    ("storage", Role::Keyword),
    ("entity.name.function", Role::Function),
    ("support.function", Role::Function),
    ("support.macro", Role::Function),
    ("variable.function", Role::Function),
    ("entity.name.tag", Role::Keyword),
    ("entity.name.section", Role::Type),
    ("entity.name.type", Role::Type),
    ("entity.name.class", Role::Type),
    ("entity.name.struct", Role::Type),
    ("entity.name.enum", Role::Type),
    ("entity.other.inherited-class", Role::Type),
    ("support.type", Role::Type),
    ("support.class", Role::Type),
];

/// The meanings, in the form in which scopes are compared.
pub(super) struct Meanings {
    scopes: Vec<(Scope, Role)>,
}

impl Default for Meanings {
    fn default() -> Self {
        let known = |(name, role): (&str, Role)| Scope::new(name).ok().map(|scope| (scope, role));
        Self { scopes: MEANINGS.into_iter().filter_map(known).collect() }
    }
}

impl Meanings {
    /// The role of a text with these scopes: that of the innermost scope which has one.
    pub fn role(&self, scopes: &ScopeStack, text: &str) -> Role {
        let found = scopes.as_slice().iter().rev().find_map(|scope| self.meaning(*scope));
        let role = found.unwrap_or(Role::CodePlain);
        let is_word = text.starts_with(char::is_alphabetic);
        if role == Role::Operator && is_word { Role::Keyword } else { role }
    }

    fn meaning(&self, scope: Scope) -> Option<Role> {
        let fits = self.scopes.iter().find(|(meant, _)| meant.is_prefix_of(scope));
        fits.map(|(_, role)| *role)
    }
}
