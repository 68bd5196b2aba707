//! What the description of the API says of all routes alike: who may, by what, and how a request may be refused.
//!
//! [`api`](crate::api) describes each route with what is its own. What follows from the policy and from the shape of a request is
//! added here, so that no route can forget it.

use std::collections::BTreeMap;

use dondoc_core::access::{Operation as Row, Policy};
use utoipa::openapi::{
    Components, Content, KnownFormat, Object, ObjectBuilder, OpenApi, PathItem, Ref, RefOr,
    ResponseBuilder, Schema, SchemaFormat, Type,
    content::ContentBuilder,
    path::{Operation, Parameter, ParameterIn},
    response::Response,
    schema::AnyOfBuilder,
    security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
};

use crate::entry::COOKIE;

/// The way in with a key for programs.
const KEY: &str = "key";
/// The way in with the cookie of a session.
const SESSION: &str = "session";

/// Refusals that have nothing to do with what a route is for: status, name under `components/responses`, meaning.
const COMMON: [(&str, &str, &str); 6] = [
    ("401", "NotSignedIn", "Nobody is signed in, or not with this name, password or key"),
    ("403", "Forbidden", "Not with the roles of this account, or the second factor is to be shown"),
    ("413", "TooLarge", "More bytes than are taken"),
    ("415", "UnsupportedType", "The body is of another type than the one described"),
    ("429", "TooManyTries", "Too many wrong tries; again in 15 minutes"),
    ("503", "Unavailable", "It took too long, or nobody can say whether it was kept"),
];

/// Adds what holds for all routes.
pub(crate) fn complete(mut description: OpenApi) -> OpenApi {
    let policy = Policy::built_in().ok();
    for (path, item) in &mut description.paths.paths {
        for (method, operation) in operations(item) {
            let row = policy.and_then(|it| it.operation(method, path));
            describe(operation, (method, path), row);
        }
    }
    let components = description.components.get_or_insert_default();
    add_ways_in(components);
    say_what_is_alike(components);
    for (_, name, meaning) in COMMON {
        let refusal = ResponseBuilder::new().description(meaning);
        let refusal = refusal.content("application/json", refusal_body()).build();
        components.responses.insert(name.to_owned(), RefOr::T(refusal));
    }
    description
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("GET", &mut item.get),
        ("PUT", &mut item.put),
        ("POST", &mut item.post),
        ("DELETE", &mut item.delete),
        ("PATCH", &mut item.patch),
    ];
    all.into_iter().filter_map(|(method, it)| Some((method, it.as_mut()?)))
}

fn describe(operation: &mut Operation, (method, path): (&str, &str), row: Option<&Row>) {
    // Functions in different files have the same name; an operation's is its own.
    operation.operation_id = Some(name_of(method, path));
    let is_public = row.is_some_and(|it| it.public);
    operation.security = Some(if is_public {
        Vec::new()
    } else {
        [KEY, SESSION].map(|it| SecurityRequirement::new(it, [] as [&str; 0])).into()
    });
    let parameters = operation.parameters.iter().flatten();
    let places: Vec<ParameterIn> = parameters
        .filter_map(|it| match it {
            RefOr::T(it) => Some(it.parameter_in.clone()),
            RefOr::Ref(_) => None,
        })
        .collect();
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter {
            or_empty(parameter);
        }
    }
    let has_body = operation.request_body.is_some();
    let signs_in = path.starts_with("/api/session");
    // Passwords and codes are asked for there by the handlers themselves.
    let proves = path.starts_with("/api/account/");
    let refused = [
        ("400", has_body || places.contains(&ParameterIn::Query)),
        ("401", !is_public || signs_in),
        ("403", !is_public || method != "GET"),
        ("404", places.contains(&ParameterIn::Path)),
        ("413", has_body),
        ("415", has_body),
        ("429", (signs_in || proves) && has_body || row.is_some_and(|it| it.step_up)),
        ("500", true),
        ("503", true),
    ];
    for (status, _) in refused.into_iter().filter(|it| it.1) {
        let refusal = RefOr::Ref(Ref::from_response_name(name_of_refusal(status)));
        operation.responses.responses.entry(status.to_owned()).or_insert(refusal);
    }
    say_what_refusals_are(&mut operation.responses.responses);
}

/// After the question mark nothing is as good as a value that is left out; a day that is none is refused.
fn or_empty(parameter: &mut Parameter) {
    let is_day = |it: &Object| it.format == Some(SchemaFormat::KnownFormat(KnownFormat::Date));
    if parameter.parameter_in == ParameterIn::Query
        && let Some(RefOr::T(Schema::Object(day))) = &parameter.schema
        && is_day(day)
    {
        let nothing = ObjectBuilder::new().schema_type(Type::String).max_length(Some(0)).build();
        let either = AnyOfBuilder::new().item(day.clone()).item(nothing).build();
        parameter.schema = Some(RefOr::T(Schema::AnyOf(either)));
    }
}

/// Values of which one has no field of its own, and so may be taken for another: an abbreviation has what a citation has.
const ALIKE: &str = "ValueView";

fn say_what_is_alike(components: &mut Components) {
    if let Some(RefOr::T(schema)) = components.schemas.get_mut(ALIKE)
        && let Schema::OneOf(one_of) = schema
    {
        let any_of = one_of.items.drain(..).fold(AnyOfBuilder::new(), AnyOfBuilder::item);
        *schema = Schema::AnyOf(any_of.build());
    }
}

/// A route may say in its own words why it refuses; what comes then is the same everywhere.
fn say_what_refusals_are(responses: &mut BTreeMap<String, RefOr<Response>>) {
    for (_, response) in responses.iter_mut().filter(|it| it.0.starts_with(['4', '5'])) {
        if let RefOr::T(response) = response
            && response.content.is_empty()
        {
            response.content.insert("application/json".to_owned(), refusal_body().into());
        }
    }
}

fn name_of_refusal(status: &str) -> &'static str {
    let known = COMMON.iter().chain(&crate::refusals::ALL).find(|it| it.0 == status);
    known.map_or("Failed", |it| it.1)
}

fn refusal_body() -> Content {
    ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name("ProblemView")))).build()
}

/// `POST /api/tasks/{id}/cascade` is `post_tasks_id_cascade`.
fn name_of(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/").split(|it: char| !it.is_alphanumeric());
    let words = words.filter(|it| !it.is_empty());
    words.fold(method.to_lowercase(), |name, word| format!("{name}_{word}"))
}

fn add_ways_in(components: &mut Components) {
    let key = Http::new(HttpAuthScheme::Bearer);
    let session = ApiKey::Cookie(ApiKeyValue::new(COOKIE));
    components.add_security_scheme(KEY, SecurityScheme::Http(key));
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(session));
}
