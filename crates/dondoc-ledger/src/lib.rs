//! The one way in for figures: checked, kept, added up.
