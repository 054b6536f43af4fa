package shop;

import org.apache.commons.codec.binary.Hex;

public class Prices {
    public static String of(String name) {
        return Hex.encodeHexString(name.getBytes());
    }
}
