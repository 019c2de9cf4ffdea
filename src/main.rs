//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    nianbao::cli::main(std::env::args_os())
}
