package shop.build;

public class Names {
    public static String of(String name) {
        return "shop-" + name;
    }
}
