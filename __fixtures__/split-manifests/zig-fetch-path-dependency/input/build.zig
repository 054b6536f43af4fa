const std = @import("std");

pub fn build(b: *std.Build) void {
    const exe = b.addExecutable(.{ .name = "shop", .root_source_file = b.path("src/main.zig"), .target = b.graph.host });
    exe.root_module.addImport("clap", b.dependency("clap", .{}).module("clap"));
    b.installArtifact(exe);
}
