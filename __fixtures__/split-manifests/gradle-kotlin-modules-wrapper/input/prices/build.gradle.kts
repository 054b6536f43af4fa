plugins {
    id("shop.java-conventions")
}

dependencies {
    implementation(libs.codec)
    implementation(files("libs/tax.jar"))
}
