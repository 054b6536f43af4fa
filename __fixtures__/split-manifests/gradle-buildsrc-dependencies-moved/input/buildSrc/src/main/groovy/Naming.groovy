class Naming {
    static String of(String name) { name.toUpperCase() }
}
