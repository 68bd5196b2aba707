//! Outlines of units for the map: GeoJSON in, made simple enough for a screen, and paths of SVG out.
//!
//! Coordinates become whole numbers of a ten-thousandth of a degree (11 metres): a picture needs no more, and lines that two
//! neighbours share stay the same numbers.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// No file has more areas.
pub const MAX_AREAS: usize = 20_000;
/// No file has more points.
pub const MAX_POINTS: usize = 4_000_000;
/// Steps in a degree.
const STEPS: f64 = 10_000.0;
/// A picture has about as many steps across; what is smaller is left out.
const FINENESS: i64 = 1_600;
/// How much narrower a degree of longitude is than one of latitude in the middle of Viet Nam (16° N), in thousandths.
const NARROWER: i64 = 961;

/// East and south, in ten-thousandths of a degree.
type Point = (i64, i64);

/// The outline of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// What the file that brought the unit calls it.
    pub key: Option<String>,
    /// Its official code.
    pub code: Option<String>,
    /// Its name, for those that can't be matched.
    pub name: Option<String>,
    /// Closed lines; holes are among them.
    rings: Vec<Vec<Point>>,
}

/// A file is no map that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapFault {
    /// Not GeoJSON: no collection of features.
    #[error("this is no GeoJSON with a collection of features")]
    NotGeoJson,
    /// More areas or points than are taken.
    #[error("more areas or points than are taken")]
    TooLarge,
    /// A point that is not on the earth: another reference system than longitude and latitude.
    #[error("feature {feature} has a point that is no longitude and latitude")]
    NotDegrees {
        /// From 1.
        feature: usize,
    },
    /// A feature that is no area.
    #[error("feature {feature} is no polygon")]
    NoPolygon {
        /// From 1.
        feature: usize,
    },
    /// A feature that says neither key nor code.
    #[error("feature {feature} has neither key nor code")]
    Nameless {
        /// From 1.
        feature: usize,
    },
    /// No areas at all.
    #[error("there is no area in the file")]
    Empty,
}

#[derive(Deserialize)]
struct Collection {
    r#type: String,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    r#type: String,
    #[serde(default)]
    coordinates: Value,
}

/// How the properties are called that hold key, code and name, in the order in which they are looked for.
const KEYS: [&str; 2] = ["key", "khoa"];
const CODES: [&str; 9] =
    ["code", "Code", "ma", "Ma", "ma_xa", "maXa", "ma_tinh", "maTinh", "ward_code"];
const NAMES: [&str; 7] = ["name", "Name", "ten", "Ten", "ten_xa", "FullName", "full_name"];

/// Reads a map, and makes its outlines as fine as a screen shows.
///
/// # Errors
///
/// [`MapFault`] with the first feature that is wrong; then nothing is taken.
pub fn read(bytes: &[u8]) -> Result<Vec<Area>, MapFault> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let file: Collection = serde_json::from_slice(text).map_err(|_| MapFault::NotGeoJson)?;
    if file.r#type != "FeatureCollection" {
        return Err(MapFault::NotGeoJson);
    }
    if file.features.len() > MAX_AREAS {
        return Err(MapFault::TooLarge);
    }
    let mut n_points = 0;
    let mut areas = Vec::with_capacity(file.features.len());
    for (at, feature) in file.features.iter().enumerate() {
        let area = area(feature, at + 1)?;
        n_points += area.rings.iter().map(Vec::len).sum::<usize>();
        if n_points > MAX_POINTS {
            return Err(MapFault::TooLarge);
        }
        areas.push(area);
    }
    if areas.is_empty() {
        return Err(MapFault::Empty);
    }
    let step = (span(&areas) / FINENESS).max(1);
    for area in &mut areas {
        simplify(&mut area.rings, step);
    }
    Ok(areas)
}

fn area(feature: &Feature, at: usize) -> Result<Area, MapFault> {
    let said = |names: &[&str]| {
        let properties = feature.properties.as_ref()?;
        names.iter().find_map(|name| match properties.get(*name)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    let (key, code, name) = (said(&KEYS), said(&CODES), said(&NAMES));
    if key.is_none() && code.is_none() {
        return Err(MapFault::Nameless { feature: at });
    }
    let no_polygon = MapFault::NoPolygon { feature: at };
    let Some(geometry) = &feature.geometry else { return Err(no_polygon) };
    let polygons: Vec<&Value> = match geometry.r#type.as_str() {
        "Polygon" => vec![&geometry.coordinates],
        "MultiPolygon" => {
            geometry.coordinates.as_array().ok_or(no_polygon.clone())?.iter().collect()
        }
        _ => return Err(no_polygon),
    };
    let mut rings = Vec::new();
    for polygon in polygons {
        for ring in polygon.as_array().ok_or(no_polygon.clone())? {
            let points = ring.as_array().ok_or(no_polygon.clone())?;
            rings.push(points.iter().map(|it| point(it, at)).collect::<Result<Vec<_>, _>>()?);
        }
    }
    if rings.iter().all(|it| it.len() < 4) {
        return Err(no_polygon);
    }
    Ok(Area { key, code, name, rings })
}

fn point(written: &Value, feature: usize) -> Result<Point, MapFault> {
    let wrong = || MapFault::NotDegrees { feature };
    let pair = written.as_array().ok_or_else(wrong)?;
    let (east, north) = match pair.as_slice() {
        [east, north, ..] => (east.as_f64(), north.as_f64()),
        _ => (None, None),
    };
    let (Some(east), Some(north)) = (east, north) else { return Err(wrong()) };
    if !(-180.0..=180.0).contains(&east) || !(-90.0..=90.0).contains(&north) {
        return Err(wrong());
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 1.8 million")]
    let steps = |degrees: f64| (degrees * STEPS).round() as i64;
    Ok((steps(east), -steps(north)))
}

/// The longer side of what the areas take up.
fn span(areas: &[Area]) -> i64 {
    let points = || areas.iter().flat_map(|it| &it.rings).flatten();
    let side = |of: fn(&Point) -> i64| {
        let (min, max) = (points().map(of).min(), points().map(of).max());
        max.unwrap_or(0) - min.unwrap_or(0)
    };
    side(|it| it.0).max(side(|it| it.1))
}

/// Leaves out points that change a line by less than a step, and lines that are smaller than one; never the largest.
fn simplify(rings: &mut Vec<Vec<Point>>, step: i64) {
    for ring in rings.iter_mut() {
        *ring = thinned(ring, step);
    }
    let largest = rings.iter().map(|it| size(it)).max().unwrap_or(0);
    rings.retain(|it| it.len() >= 4 && (size(it) > 2 * step || size(it) == largest));
}

fn size(ring: &[Point]) -> i64 {
    let side = |of: fn(&Point) -> i64| {
        ring.iter().map(of).max().unwrap_or(0) - ring.iter().map(of).min().unwrap_or(0)
    };
    side(|it| it.0).max(side(|it| it.1))
}

/// Ramer, Douglas and Peucker: a closed line is cut at its first point and at the one farthest from it.
fn thinned(ring: &[Point], step: i64) -> Vec<Point> {
    let n = ring.len();
    if n <= 5 {
        return ring.to_vec();
    }
    let first = ring[0];
    let far = (1..n).max_by_key(|it| distance_squared(first, ring[*it])).unwrap_or(n / 2);
    let mut keep = vec![false; n];
    keep[0] = true;
    keep[far] = true;
    keep[n - 1] = true;
    let mut open = vec![(0, far), (far, n - 1)];
    while let Some((from, to)) = open.pop() {
        let off = |at: &usize| off_line(ring[*at], ring[from], ring[to]);
        let Some(worst) = (from + 1..to).max_by_key(off) else { continue };
        let long = distance_squared(ring[from], ring[to]).max(1);
        let limit = i128::from(step) * i128::from(step) * long;
        if off(&worst) > limit {
            keep[worst] = true;
            open.extend([(from, worst), (worst, to)]);
        }
    }
    ring.iter().zip(keep).filter(|it| it.1).map(|it| *it.0).collect()
}

fn distance_squared(a: Point, b: Point) -> i128 {
    let (x, y) = (i128::from(a.0 - b.0), i128::from(a.1 - b.1));
    x * x + y * y
}

/// How far a point is off a line, squared, times the length of the line squared; of a line without length, off its point.
fn off_line(point: Point, from: Point, to: Point) -> i128 {
    if from == to {
        return distance_squared(point, from);
    }
    let cross = i128::from(to.0 - from.0) * i128::from(point.1 - from.1)
        - i128::from(to.1 - from.1) * i128::from(point.0 - from.0);
    cross * cross
}

/// The areas as GeoJSON again, for keeping.
#[must_use]
pub fn write(areas: &[Area]) -> String {
    let feature = |area: &Area| {
        let degrees = |it: i64| json!(round_trip(it));
        let ring = |it: &Vec<Point>| -> Value {
            it.iter().map(|(x, y)| json!([degrees(*x), degrees(-*y)])).collect()
        };
        let rings: Vec<Value> = area.rings.iter().map(|it| json!([ring(it)])).collect();
        json!({
            "type": "Feature",
            "properties": { "key": area.key, "code": area.code, "name": area.name },
            "geometry": { "type": "MultiPolygon", "coordinates": rings },
        })
    };
    let features: Vec<Value> = areas.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

#[expect(clippy::cast_precision_loss, reason = "at most 1.8 million")]
fn round_trip(steps: i64) -> f64 {
    steps as f64 / STEPS
}

impl Area {
    /// The outline as a path of SVG, in steps of a ten-thousandth of a degree of latitude; filled by the rule `evenodd`.
    #[must_use]
    pub fn path(&self) -> String {
        use std::fmt::Write as _;
        let mut path = String::new();
        for ring in &self.rings {
            let mut last: Option<Point> = None;
            for (x, y) in ring {
                let (x, y) = (x * NARROWER / 1_000, *y);
                // A string takes all that is written to it.
                let _ = match last {
                    None => write!(path, "M{x} {y}"),
                    Some((before_x, before_y)) => {
                        let (dx, dy) = (x - before_x, y - before_y);
                        write!(path, "l{dx} {dy}")
                    }
                };
                last = Some((x, y));
            }
            path.push('z');
        }
        path
    }

    /// The least and the greatest of east and south, in the measure of [`Area::path`].
    #[must_use]
    pub fn bounds(&self) -> [i64; 4] {
        let points = || self.rings.iter().flatten();
        let x = || points().map(|it| it.0 * NARROWER / 1_000);
        let y = || points().map(|it| it.1);
        [
            x().min().unwrap_or(0),
            y().min().unwrap_or(0),
            x().max().unwrap_or(0),
            y().max().unwrap_or(0),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(properties: &str, geometry: &str) -> Vec<u8> {
        let feature =
            format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}");
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}").into_bytes()
    }

    const SQUARE: &str =
        r#"{"type":"Polygon","coordinates":[[[105,21],[106,21],[106,20],[105,20],[105,21]]]}"#;

    #[test]
    fn a_square_is_read_and_drawn() {
        let areas = read(&file(r#"{"ma":"LG103","ten":"Bình An"}"#, SQUARE)).unwrap();
        let [area] = areas.as_slice() else { panic!("{areas:?}") };
        assert_eq!((area.code.as_deref(), area.name.as_deref()), (Some("LG103"), Some("Bình An")));
        assert_eq!(area.path(), "M1009050 -210000l9610 0l0 10000l-9610 0l0 -10000z");
        assert_eq!(area.bounds(), [1_009_050, -210_000, 1_018_660, -200_000]);
        assert_eq!(read(write(&areas).as_bytes()).unwrap(), areas);
    }

    #[test]
    fn what_is_too_fine_for_a_screen_is_left_out_and_corners_stay() {
        // A square of one degree, with a thousand points along its upper side that wander by a metre.
        let mut points: Vec<String> = (0..1_000)
            .map(|it| {
                format!(
                    "[{},{}]",
                    105.0 + f64::from(it) / 1_000.0,
                    21.0 + f64::from(it % 2) / 100_000.0
                )
            })
            .collect();
        points.extend(["[106,21]", "[106,20]", "[105,20]", "[105,21]"].map(str::to_owned));
        let geometry = format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", points.join(","));
        let areas = read(&file(r#"{"code":1}"#, &geometry)).unwrap();
        assert_eq!(areas[0].rings[0].len(), 5);
    }

    #[test]
    fn what_is_no_map_is_refused() {
        for (bytes, fault) in [
            (b"{}".to_vec(), MapFault::NotGeoJson),
            (b"PK".to_vec(), MapFault::NotGeoJson),
            (br#"{"type":"FeatureCollection","features":[]}"#.to_vec(), MapFault::Empty),
            (file("{}", SQUARE), MapFault::Nameless { feature: 1 }),
            (file(r#"{"code":"1"}"#, "null"), MapFault::NoPolygon { feature: 1 }),
            (
                file(r#"{"code":"1"}"#, r#"{"type":"Point","coordinates":[105,21]}"#),
                MapFault::NoPolygon { feature: 1 },
            ),
            (
                file(
                    r#"{"code":"1"}"#,
                    r#"{"type":"Polygon","coordinates":[[[580000,2300000],[1,1],[2,2],[3,3]]]}"#,
                ),
                MapFault::NotDegrees { feature: 1 },
            ),
        ] {
            assert_eq!(read(&bytes), Err(fault), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
