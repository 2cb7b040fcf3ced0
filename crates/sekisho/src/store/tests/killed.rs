//! A process that is killed in the middle of its work leaves what it answered.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::*;

const FOLDER: &str = "SEKISHO_TEST_STORE";

/// The process that is killed: it takes steps for ever, and says which are answered.
#[test]
#[ignore = "started and killed by the test below"]
fn works_until_it_is_killed() {
    let (store, loaded) = Store::open(Path::new(&env::var(FOLDER).unwrap())).unwrap();
    let first = loaded.head.map_or(0, |head| head.number + 1);
    for number in first.. {
        let mut body = store.body_writer(file_of(number)).unwrap();
        body.push(&record(number)).unwrap();
        body.finish().unwrap();
        let mut writes = step(number);
        writes.dropped.extend(number.checked_sub(2).map(file_of));
        store.submit(writes).blocking_recv().unwrap().unwrap();
        writeln!(io::stdout(), "answered {number}").unwrap();
    }
}

/// The name of a step's larger body.
fn file_of(number: u64) -> BodyId {
    BodyId(u128::from(number).reverse_bits().to_be_bytes())
}

/// Runs the process above until it has said so many answers, and says the last one it said.
fn killed_after(folder: &Folder, answers: usize) -> u64 {
    let name = "store::tests::killed::works_until_it_is_killed";
    let mut child = Command::new(env::current_exe().unwrap())
        .args([name, "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = said.map_while(Result::ok);
    let number = |line: String| line.strip_prefix("answered ")?.parse::<u64>().ok();
    let mut answered: Vec<_> = said.by_ref().filter_map(number).take(answers).collect();
    child.kill().unwrap();
    answered.extend(said.filter_map(number));
    child.wait().unwrap();
    answered.pop().expect("it answered nothing")
}

#[test]
fn a_killed_process_leaves_what_it_answered() {
    let folder = Folder::new();
    for round in 0..8 {
        let answered = killed_after(&folder, 1 + round * 5);
        let (store, loaded) = Store::open(folder.path()).unwrap();
        let count = steps_in(&store, &loaded);
        assert!(count > answered, "step {answered} was answered, and there are {count}");
        let live: Vec<_> = (count.saturating_sub(2)..count).map(file_of).collect();
        store.sweep(|id| live.contains(&id)).unwrap();
        for number in 0..count + 2 {
            let found = store.body_reader(file_of(number));
            assert_eq!(found.is_ok(), number < count && number + 2 >= count, "{number} of {count}");
        }
    }
}
