exports.cents = (euros) => euros * 100
