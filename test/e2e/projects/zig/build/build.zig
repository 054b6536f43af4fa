const std = @import("std");

pub fn build(b: *std.Build) void {
    _ = b.standardOptimizeOption(.{});
    _ = b.dependency("greeting", .{}).module("greeting");
    b.installFile("src/shop.zig", "share/shop.zig");
}
