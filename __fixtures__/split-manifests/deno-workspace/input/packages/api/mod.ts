export { default } from "ms"
