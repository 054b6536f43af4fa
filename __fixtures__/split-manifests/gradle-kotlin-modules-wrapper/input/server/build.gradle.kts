plugins {
    id("shop.java-conventions")
}

dependencies {
    implementation(project(":prices"))
}
