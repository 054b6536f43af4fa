pub const open = true;
