//! A deadline night over HTTP: every commune of a made-up country hands in a form of 300 figures, then everyone asks.
//!
//! `cargo run --release -p dondoc-server --example storm -- --months 12 --requests 100 --out bench/storm.md`
//!
//! Starts a server on a fresh SQLite store (WAL, `synchronous=FULL`) in this very process, on a port of its own, and talks
//! to it as any client would: 16 clients, each on a connection that it keeps. After each report its figure is asked for
//! and must be there; at the end every total must be what the sent figures come to.

mod client;
mod country;

use std::{
    error::Error,
    fmt::Write as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use client::{Client, Door};
use country::{Country, N_INDICATORS};

/// How many talk to the server at a time.
const N_CLIENTS: usize = 16;

/// The same as in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failed = Box<dyn Error + Send + Sync>;

/// What was measured of one kind of request.
struct Measured {
    name: String,
    took: Duration,
    /// Time on the processor, of server and clients together: what other programs do meanwhile hardly changes it.
    on_processor: Duration,
    each: Vec<Duration>,
}

impl Measured {
    fn at(&self, permille: usize) -> Duration {
        let at = (self.each.len() * permille / 1000).min(self.each.len().saturating_sub(1));
        self.each.get(at).copied().unwrap_or_default()
    }

    fn line(&self) -> String {
        let ms =
            |it: Duration| format!("{}.{:02}", it.as_micros() / 1000, it.as_micros() % 1000 / 10);
        let per_second = self.each.len() as u128 * 1_000_000 / self.took.as_micros().max(1);
        let n = u32::try_from(self.each.len()).unwrap_or(u32::MAX).max(1);
        format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.name,
            self.each.len(),
            per_second,
            ms(self.at(500)),
            ms(self.at(990)),
            ms(self.at(1000)),
            ms(self.on_processor / n),
        )
    }
}

fn main() -> Result<(), Failed> {
    let wanted = |name: &str, or: usize| -> usize {
        let mut args = std::env::args().skip_while(|it| it != name);
        args.nth(1).and_then(|it| it.parse().ok()).unwrap_or(or)
    };
    let out = std::env::args().skip_while(|it| it != "--out").nth(1);
    let (months, requests) = (wanted("--months", 12), wanted("--requests", 100));
    let folder = tempfile::tempdir()?;
    let country = Country::make(folder.path())?;
    let began = Instant::now();
    let n_loaded = country.load(months)?;
    let loading = began.elapsed();
    let door = country.serve()?;
    let mut table = vec![storm(&door, &country)?];
    country.must_add_up(&door)?;
    let only = std::env::args().skip_while(|it| it != "--only").nth(1).unwrap_or_default();
    for (name, paths) in country.questions(months).into_iter().filter(|it| it.0.contains(&only)) {
        table.push(ask(&door, name, &paths, (N_CLIENTS, requests))?);
    }
    for (name, paths) in country.explored(months).into_iter().filter(|it| it.0.contains(&only)) {
        table.push(ask(&door, &format!("Explorer, one at a time: {name}"), &paths, (1, requests))?);
    }
    let told = report(&table, (n_loaded, loading), months);
    println!("{told}");
    if let Some(out) = out {
        std::fs::write(out, told)?;
    }
    Ok(())
}

/// Runs `work` for each number below `n`, by all clients together; gives how long each took.
fn by_all(
    (name, door, n_clients): (&str, &Door, usize),
    n: usize,
    work: impl Fn(&mut Client, usize) -> Result<Duration, Failed> + Sync,
) -> Result<Measured, Failed> {
    let next = AtomicUsize::new(0);
    let each = Mutex::new(Vec::with_capacity(n));
    let (began, processor) = (Instant::now(), on_processor());
    thread::scope(|scope| -> Result<(), Failed> {
        let clients: Vec<_> = (0..n_clients)
            .map(|_| {
                scope.spawn(|| -> Result<(), Failed> {
                    let mut client = Client::connect(door)?;
                    let mut mine = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= n {
                            break;
                        }
                        mine.push(work(&mut client, at)?);
                    }
                    each.lock().map_err(|_| "a client died")?.extend(mine);
                    Ok(())
                })
            })
            .collect();
        for client in clients {
            client.join().map_err(|_| "a client died")??;
        }
        Ok(())
    })?;
    let (took, on_processor) = (began.elapsed(), on_processor() - processor);
    let mut each = each.into_inner().map_err(|_| "a client died")?;
    each.sort_unstable();
    Ok(Measured { name: name.to_owned(), took, on_processor, each })
}

/// Time of this process on the processor so far; nothing where the system does not tell.
fn on_processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // In front of the bracket stands the name of the program; then fields from the third on, times in hundredths of a second.
    let fields = stat.rsplit_once(')').map_or("", |it| it.1).split_whitespace();
    let ticks = fields.skip(11).take(2).filter_map(|it| it.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

/// Every commune hands its form in, and looks at once whether its figure is there.
fn storm(door: &Door, country: &Country) -> Result<Measured, Failed> {
    let name = format!("hand in {N_INDICATORS} figures (then one total of them, not timed)");
    by_all((&name, door, N_CLIENTS), country.communes().len(), |client, at| {
        let commune = country.communes()[at];
        let body = country.report(commune);
        let began = Instant::now();
        let answer = client.post("/api/reports", &format!("storm-{commune}"), &body)?;
        let took = began.elapsed();
        if answer.status != 200 {
            return Err(format!("{}: {}", answer.status, answer.text()).into());
        }
        let series = at % N_INDICATORS;
        let value = client.total(&country.total_path(series, commune))?;
        if value != country.figure(commune, series) {
            return Err(format!("commune {commune}: {value} right after it was kept").into());
        }
        Ok(took)
    })
}

/// So many clients ask, in turn, for each of `paths`.
fn ask(
    door: &Door,
    name: &str,
    paths: &[String],
    (n_clients, requests): (usize, usize),
) -> Result<Measured, Failed> {
    let paths = Arc::new(paths.to_vec());
    by_all((name, door, n_clients), requests * n_clients, |client, at| {
        let began = Instant::now();
        let answer = client.get(&paths[at % paths.len()])?;
        let took = began.elapsed();
        match answer.status {
            200 => Ok(took),
            status => Err(format!("{name}: {status}: {}", answer.text()).into()),
        }
    })
}

fn report(table: &[Measured], (n_loaded, loading): (usize, Duration), months: usize) -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let mut told = String::from("# Storm and questions over HTTP\n\n");
    // Writing to a string does not fail.
    let _ = writeln!(
        told,
        "Made by `cargo run --release -p dondoc-server --example storm -- --months {months} --out bench/storm.md`: \
         {N_CLIENTS} clients, server and clients in one process on {cores} cores, SQLite with `synchronous=FULL`. Load of \
         the machine at the end (1, 5, 15 minutes): {load}; without anything else it would be about {N_CLIENTS} at most.\n\n\
         Loaded beforehand through the checked path: {n_loaded} figures of {months} months in {} ms. Every report was \
         asked for right after it was kept, and every total at the end compared with the sum of what was sent.\n\n\
         | request | n | per second | p50 ms | p99 ms | max ms | processor ms each |\n|---|---|---|---|---|---|---|",
        loading.as_millis(),
    );
    for it in table {
        let _ = writeln!(told, "{}", it.line());
    }
    told
}
