const clap = @import("clap");

pub fn main() void {}
