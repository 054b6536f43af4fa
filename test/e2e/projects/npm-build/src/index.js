console.log(day)
