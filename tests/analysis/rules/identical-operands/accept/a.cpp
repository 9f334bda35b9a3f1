void test_or() {
    Wide one = make(1);
    EXPECT_EQ(one, one | one);
    EXPECT_TRUE(pair.first <= pair.first);
}
