use std::{collections::VecDeque, sync::atomic::AtomicBool};

use super::*;
use crate::db::{BoxError, Dialect, row::Row, value::Value};

/// An engine that does nothing and fails as it is told.
#[derive(Clone, Default)]
struct Scripted(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    /// What is said at the next commits; then all succeed.
    commits: VecDeque<CommitError>,
    /// At the next statements, whether the engine gives the transaction up.
    conflicts: VecDeque<bool>,
    is_gone: bool,
    log: Vec<String>,
}

impl Engine for Scripted {
    fn begin(&mut self, _: How) -> Result<(), BoxError> {
        lock(&self.0).is_gone = false;
        self.batch("begin")
    }

    fn commit(&mut self) -> Result<(), CommitError> {
        let mut script = lock(&self.0);
        script.log.push("commit".into());
        script.commits.pop_front().map_or(Ok(()), Err)
    }

    fn batch(&mut self, text: &str) -> Result<(), BoxError> {
        let mut script = lock(&self.0);
        if script.is_gone && text.starts_with("rollback to") {
            return Err("no transaction".into());
        }
        script.log.push(text.to_owned());
        Ok(())
    }

    fn execute(&mut self, text: &str, _: &[Value<'_>]) -> Result<usize, BoxError> {
        let mut script = lock(&self.0);
        script.log.push(text.to_owned());
        if script.conflicts.pop_front() == Some(true) {
            script.is_gone = true;
            return Err("conflict".into());
        }
        Ok(1)
    }

    fn each(
        &mut self,
        _: &str,
        _: &[Value<'_>],
        _: &mut dyn FnMut(&Row<'_>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        Ok(())
    }

    fn fate(&self) -> Fate {
        if lock(&self.0).is_gone { Fate::Gone } else { Fate::Open }
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn hold_schema(&mut self, _: bool) -> Result<(), BoxError> {
        Ok(())
    }
}

/// Three writers, of whom the first holds the desk until the others stand in line; what each heard, and how often
/// each did its work.
fn three(engine: &Scripted) -> Vec<(Result<(), StoreError>, usize)> {
    let writers = Writers::new(Location::from("unused"), Box::new(engine.clone()));
    let is_begun = AtomicBool::new(false);
    let write = |wait_for: usize| {
        let mut n_turns = 0;
        let result = writers.write(|tx| {
            n_turns += 1;
            is_begun.store(true, Ordering::SeqCst);
            while n_turns == 1 && writers.n_waiting() < wait_for {
                std::thread::yield_now();
            }
            tx.engine().execute("work", &[]).map_err(StoreError::at("work"))?;
            Ok(((), Ending::Copied))
        });
        (result, n_turns)
    };
    std::thread::scope(|scope| {
        let mut all = vec![scope.spawn(|| write(2))];
        while !is_begun.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        all.extend([scope.spawn(|| write(0)), scope.spawn(|| write(0))]);
        all.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

fn script(commits: Vec<CommitError>, conflicts: &[bool]) -> Scripted {
    let conflicts = conflicts.iter().copied().collect();
    Scripted(Arc::new(Mutex::new(Script {
        commits: commits.into(),
        conflicts,
        ..Script::default()
    })))
}

fn n_commits(engine: &Scripted) -> usize {
    lock(&engine.0).log.iter().filter(|it| *it == "commit").count()
}

#[test]
fn a_failed_commit_fails_all_of_its_group() {
    let engine = script(vec![CommitError::Refused("disk full".into())], &[]);
    let heard = three(&engine);
    assert_eq!(n_commits(&engine), 1);
    for (result, n_turns) in heard {
        let error = result.unwrap_err();
        assert!(!error.is_unknown() && !error.is_conflict());
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "disk full");
        assert_eq!(n_turns, 1);
    }
}

#[test]
fn where_nobody_knows_about_the_commit_all_are_told_so() {
    let engine = script(vec![CommitError::Unknown("connection lost".into())], &[]);
    for (result, _) in three(&engine) {
        assert!(result.unwrap_err().is_unknown());
    }
}

#[test]
fn a_conflict_at_the_commit_makes_all_work_once_more() {
    let engine = script(vec![CommitError::Again], &[]);
    for (result, n_turns) in three(&engine) {
        assert!(result.is_ok());
        assert_eq!(n_turns, 2);
    }
}

#[test]
fn a_conflict_in_the_last_of_a_group_makes_all_work_once_more() {
    let engine = script(Vec::new(), &[false, false, true]);
    for (result, n_turns) in three(&engine) {
        assert!(result.is_ok());
        assert_eq!(n_turns, 2);
    }
}

#[test]
fn who_always_meets_a_conflict_hears_of_it() {
    let again = (0..MAX_TURNS).map(|_| CommitError::Again).collect();
    let engine = script(again, &[]);
    let writers = Writers::new(Location::from("unused"), Box::new(engine.clone()));
    let result = writers.write(|_| Ok::<_, StoreError>(((), Ending::Copied)));
    assert!(result.unwrap_err().is_conflict());
    assert_eq!(n_commits(&engine), MAX_TURNS);
}

#[test]
fn what_writes_nothing_is_not_committed() {
    let engine = Scripted::default();
    let writers = Writers::new(Location::from("unused"), Box::new(engine.clone()));
    writers.write(|_| Ok::<_, StoreError>(((), Ending::Nothing))).unwrap();
    assert_eq!(n_commits(&engine), 0);
    assert_eq!(lock(&engine.0).log.last().unwrap(), "rollback");
}
