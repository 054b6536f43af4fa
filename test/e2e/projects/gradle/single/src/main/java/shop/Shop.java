package shop;

import org.apache.commons.codec.binary.Hex;

public class Shop {
    public static void main(String[] arguments) {
        System.out.println(Hex.encodeHexString("shop".getBytes()));
    }
}
