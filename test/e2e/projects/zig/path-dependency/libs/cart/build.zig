const std = @import("std");

pub fn build(b: *std.Build) void {
    _ = b.addModule("cart", .{ .root_source_file = b.path("src/cart.zig") });
    _ = b.dependency("polite", .{});
}
