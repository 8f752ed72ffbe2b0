//! The pages, as a browser sees them: over the router, with cookies and forms.

mod announced;
mod browser;
mod department;
mod dossier;
mod grid;
mod guard;
mod inventory;
mod isolation;
mod joint;
mod login;
mod matrix;
mod news;
mod producer;
mod promotions;
mod provisional;
mod reading;
mod sales;
mod settlements;
mod shops;
mod stores;
mod terms;
mod visibility;
mod welcome;
