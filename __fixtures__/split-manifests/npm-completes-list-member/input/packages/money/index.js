exports.euros = (cents) => cents / 100
