using System.Text;
using Redactor.Locate;

namespace Redactor.Tests.Locate;

public sealed class NameCacheTests
{
    [Fact]
    public void A_key_is_found_with_the_rule_that_it_was_added_with()
    {
        var cache = new NameCache();
        cache.Add("http.request.method"u8, -1);
        cache.Add("x-api-key"u8, 7);

        Assert.True(cache.TryFind("http.request.method"u8, out int none));
        Assert.True(cache.TryFind("x-api-key"u8, out int rule));
        Assert.Equal((-1, 7), (none, rule));
    }

    [Fact]
    public void Neither_a_key_that_is_almost_the_same_nor_one_that_was_cleared_is_found()
    {
        var cache = new NameCache();
        cache.Add("url.path"u8, -1);

        Assert.False(cache.TryFind("url.Path"u8, out _));
        Assert.False(cache.TryFind("url.pat"u8, out _));
        Assert.False(cache.TryFind("url.path."u8, out _));
        Assert.False(cache.TryFind(""u8, out _));
        cache.Clear();
        Assert.False(cache.TryFind("url.path"u8, out _));
    }

    [Fact]
    public void Keys_that_are_too_long_are_left_out()
    {
        var cache = new NameCache();
        byte[] longest = [.. Enumerable.Repeat((byte)'k', 96)];
        cache.Add(longest, -1);
        cache.Add([.. longest, (byte)'k'], -1);

        Assert.True(cache.TryFind(longest, out _));
        Assert.False(cache.TryFind([.. longest, (byte)'k'], out _));
    }

    [Fact]
    public void However_many_keys_come_what_is_found_is_right_and_the_last_ones_are_found()
    {
        var cache = new NameCache();
        for (int i = 0; i < 20_000; i++)
        {
            cache.Add(Key(i), i);
            Assert.True(cache.TryFind(Key(i), out int last));
            Assert.Equal(i, last);
        }

        int found = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (cache.TryFind(Key(i), out int rule))
            {
                Assert.Equal(i, rule);
                found++;
            }
        }

        Assert.InRange(found, 500, 1024);
    }

    [Fact]
    public void Keys_are_found_in_whatever_order_they_come_and_whatever_stands_behind_them()
    {
        var cache = new NameCache();
        for (int i = 0; i < 20; i++)
        {
            cache.Add(Key(i), i);
        }

        var order = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            int number = i % 3 == 0 ? order.Next(20) : i % 20;
            byte[] text = [.. Key(number), .. Enumerable.Repeat((byte)order.Next(256), order.Next(200))];
            Assert.True(cache.TryFind(text, Key(number).Length, out int rule));
            Assert.Equal(number, rule);
            Assert.False(cache.TryFind(text, Key(number).Length - 3, out _));
        }
    }

    [Fact]
    public void A_key_without_a_byte_is_never_known()
    {
        var cache = new NameCache();
        cache.Add(""u8, -1);

        Assert.False(cache.TryFind(""u8, out _));
        Assert.False(cache.TryFind(new byte[200], 0, out _));
    }

    private static byte[] Key(int number) => Encoding.UTF8.GetBytes($"attribute.{number}");
}
