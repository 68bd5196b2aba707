use super::*;

const PATIENCE: Duration = Duration::from_secs(60);

fn shell(script: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script]);
    command
}

#[track_caller]
fn limit(result: Result<Ended, Problem>) -> String {
    match result {
        Err(Problem::LimitReached { limit }) => limit,
        other => panic!("no limit was reached: {other:?}"),
    }
}

#[test]
fn what_a_child_says_comes_back_whole() {
    let input = vec![b'a'; 1 << 20];
    let ended = run(&mut shell("cat; echo oh >&2"), &input, PATIENCE, 1 << 20).unwrap();
    assert_eq!(ended.output, input);
    assert_eq!(ended.complaint, "oh\n");
}

#[test]
fn a_child_that_never_ends_is_ended() {
    let patience = Duration::from_millis(50);
    assert_eq!(limit(run(&mut shell("sleep 1000"), b"", patience, 10)), "time");
    assert_eq!(limit(run(&mut shell("exec >&-; sleep 1000"), b"", patience, 10)), "time");
}

#[test]
fn a_child_that_never_stops_talking_is_ended() {
    assert_eq!(limit(run(&mut shell("yes"), b"", PATIENCE, 1 << 16)), "output");
}

#[test]
fn what_a_child_leaves_running_ends_with_it() {
    // The grandchild holds the pipes open; only its end lets this return.
    let ended = run(&mut shell("sleep 1000 >/dev/null & echo $!"), b"", PATIENCE, 100).unwrap();
    let grandchild = String::from_utf8(ended.output).unwrap();
    let is_gone = || {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", grandchild.trim()));
        state.is_err() || state.is_ok_and(|it| it.contains(") Z ") || it.contains(") X "))
    };
    // A killed process takes a moment to go.
    assert!((0..1_000_000).any(|_| is_gone()), "process {grandchild} still runs");
}

#[test]
fn a_child_out_of_processor_time_says_so() {
    let script = "ulimit -S -t 1; while :; do :; done";
    assert_eq!(limit(run(&mut shell(script), b"", PATIENCE, 10)), "time");
}

#[test]
fn a_child_out_of_memory_says_so() {
    let script = "echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$";
    assert_eq!(limit(run(&mut shell(script), b"", PATIENCE, 10)), "memory");
}

#[test]
fn a_killed_child_is_a_death() {
    let died = run(&mut shell("kill -KILL $$"), b"", PATIENCE, 10);
    assert_eq!(died.unwrap_err(), Problem::ReaderDied { detail: "signal 9".to_owned() });
}

#[test]
fn a_child_that_does_not_listen_is_no_error() {
    let input = vec![b'a'; 1 << 20];
    let ended = run(&mut shell("echo done"), &input, PATIENCE, 10).unwrap();
    assert_eq!(ended.output, b"done\n");
}
