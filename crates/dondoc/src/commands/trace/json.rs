//! What a total is made of, as JSON.

use dondoc_core::{period::Period, problem::Language, unit::UnitId};
use dondoc_ledger::{
    rollup::value::{Value, percent_text},
    total::Makeup,
    trace::Version,
};
use serde_json::json;

use crate::question::Asked;

impl Asked {
    pub(super) fn trace_json(
        &self,
        makeup: &Makeup,
        n_shown: usize,
        language: Language,
    ) -> anyhow::Result<serde_json::Value> {
        let mut object = self.json(&makeup.answer)?;
        let unit =
            |it: UnitId, period: Period| json!({"id": it, "name": self.name_then(it, period)});
        let mut parts = Vec::new();
        for (part, period) in &makeup.parts[..n_shown] {
            let versions = self.versions(part.unit, *period, language)?;
            let sources = versions.iter().filter(|it| it.is_in_force).map(|it| &it.figure.source);
            parts.push(json!({
                "unit": unit(part.unit, *period),
                "period": period,
                "value": self.json_value(part.value),
                "share_percent": makeup.answer.total.value.ok()
                    .and_then(|it| percent_text(part.share_of(it), 4, '.')),
                "piece": part.share,
                "is_estimate": part.stored.is_estimate,
                "is_inexact": part.stored.is_inexact,
                "sources": sources.collect::<Vec<_>>(),
            }));
        }
        let gaps = makeup.gaps.iter().map(|(gap, period)| {
            json!({"unit": unit(gap.unit, *period), "period": period, "has_no_figure": gap.has_no_figure})
        });
        object.insert("n_parts".to_owned(), json!(makeup.parts.len()));
        object.insert("parts".to_owned(), json!(parts));
        object.insert("gaps".to_owned(), gaps.collect());
        let mut versions = Vec::new();
        for period in &makeup.answer.periods {
            for version in self.versions(self.question.unit, *period, language)? {
                versions.push(version_json(&version, *period, self));
            }
        }
        object.insert("versions".to_owned(), json!(versions));
        Ok(serde_json::Value::Object(object))
    }
}

fn version_json(version: &Version, period: Period, asked: &Asked) -> serde_json::Value {
    let Version { figure, by, .. } = version;
    let is_ratio = asked.indicator.ratio.is_some();
    json!({
        "period": period,
        "block": version.block.0,
        "digest": version.digest.to_string(),
        "actor": by.actor,
        "at": by.at.to_string(),
        "in_force": version.is_in_force,
        "series": figure.series,
        "content": figure.content,
        "value": Value::of(figure.content, is_ratio).map(|it| asked.json_value(it)),
        "qualifier": figure.qualifier,
        "status": figure.status,
        "source": figure.source,
        "reason": figure.reason.as_ref().or(version.reason.as_ref()),
        "submission": version.submission.as_ref().map(|it| it.id),
    })
}
