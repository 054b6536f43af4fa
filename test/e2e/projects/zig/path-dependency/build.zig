const std = @import("std");

pub fn build(b: *std.Build) void {
    _ = b.dependency("greeting", .{}).module("greeting");
    _ = b.dependency("cart", .{}).module("cart");
    b.installFile("src/shop.zig", "share/shop.zig");
}
