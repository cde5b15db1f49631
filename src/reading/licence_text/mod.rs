//! Which licence is this text?

mod difference;
mod index;
mod naming;
mod normal;
mod plain;
mod similar;
mod weight;

/// For measuring.
pub fn probe(text: &str) -> String {
    let text = &*plain::plain(text);
    let words = normal::words(text);
    let mut out = String::new();
    if let Some(same) = index::same(&words) {
        return index::text(same).map(|t| format!("{}\tSAME", t.ids[0])).unwrap_or_default();
    }
    let similar = similar::similar(&words);
    let mut ids = Vec::new();
    let mut note = String::new();
    for found in similar.found.iter().chain(&similar.nearest) {
        let text = index::text(found.text).unwrap();
        if similar.nearest.is_none() && !found.difference.matters() {
            ids.push(text.ids[0]);
        }
        note += &format!(
            " | {} {}% {:?} far={} diff={}",
            text.ids[0],
            found.coverage,
            found.region,
            found.difference.far,
            found.difference.words()
        );
        for change in found.difference.changes.iter().filter(|c| c.matters).take(6) {
            let new: Vec<&str> = change.added.clone().map(|at| words.get(at)).collect();
            let old: Vec<&str> = change.removed.iter().map(|w| index::spelling(*w)).collect();
            note += &format!(
                " [+{} -{}]",
                new.join(" ").chars().take(150).collect::<String>(),
                old.join(" ").chars().take(150).collect::<String>()
            );
        }
    }
    out += &ids.join(" AND ");
    out += "\t";
    out += &note;
    out
}
