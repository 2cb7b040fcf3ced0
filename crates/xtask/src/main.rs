//! What the maintainers run: `cargo xtask vendor [--check]`.

mod vendor;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((task, rest)) if task == "vendor" => vendor::run(rest),
        _ => anyhow::bail!("no such task: say `cargo xtask vendor [--check]`"),
    }
}
