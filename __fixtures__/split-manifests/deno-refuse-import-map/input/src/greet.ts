export const greet = () => "hello"
