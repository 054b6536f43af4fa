pub const cart = 1;
