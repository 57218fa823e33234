namespace Redactor.Scanning.Tests;

public class ByteSetTests
{
    [Fact]
    public void A_range_has_the_bytes_from_its_first_to_its_last_and_none_if_it_runs_backwards()
    {
        for (int first = 0; first < 256; first++)
        {
            for (int last = 0; last < 256; last++)
            {
                byte[] expected = [.. Enumerable.Range(0, 256).Where(b => b >= first && b <= last).Select(b => (byte)b)];
                Assert.True(expected.AsSpan().SequenceEqual([.. ByteSet.Range((byte)first, (byte)last).Bytes()]), $"{first} to {last}");
            }
        }
    }

    [Fact]
    public void What_is_computed_of_words_of_a_set_is_what_its_bytes_say()
    {
        foreach (byte[] bytes in Samples())
        {
            ByteSet set = SetOf(bytes);
            Assert.Equal(bytes, set.Bytes());
            Assert.Equal(bytes.Length, set.Count);
            Assert.Equal((bytes[0], bytes[^1]), (set.Least, set.Greatest));
            Assert.Equal(SetOf([.. bytes.Select(b => (byte)(b | 0x20))]), set.WithCaseBit);
            Assert.Equal(Bits(bytes.Where(b => b < 0x80)), set.Lower);
            Assert.Equal(Bits(bytes.Where(b => b >= 0x80)), set.Upper);
            int ones = bytes.Aggregate(0xFF, (all, b) => all & b), zeros = bytes.Aggregate(0xFF, (all, b) => all & ~b);
            Assert.Equal(((byte)(ones | zeros), (byte)ones), set.CommonBits());
        }
    }

    [Fact]
    public void A_set_is_within_another_if_that_has_all_of_its_bytes()
    {
        byte[][] samples = [.. Samples()];
        foreach ((byte[] a, byte[] b) in samples.Zip(samples.Skip(1)))
        {
            ByteSet union = SetOf(a) | SetOf(b);
            Assert.True(SetOf(a).IsWithin(union));
            Assert.True(ByteSet.Empty.IsWithin(SetOf(a)));
            Assert.Equal(a.All(b.Contains), SetOf(a).IsWithin(SetOf(b)));
            Assert.Equal(union == SetOf(a), union.IsWithin(SetOf(a)));
        }
    }

    /// <summary>Single bytes, letters of both cases, and random sets from a few bytes to nearly all; none is empty.</summary>
    private static IEnumerable<byte[]> Samples()
    {
        var random = new Random(1);
        IEnumerable<byte[]> singles = Enumerable.Range(0, 256).Select(b => new[] { (byte)b });
        IEnumerable<byte[]> letters = Enumerable.Range('A', 26).Select(c => new[] { (byte)c, (byte)(c + 32) });
        IEnumerable<byte[]> drawn = Enumerable.Range(1, 1000).Select(i => Enumerable.Range(0, 256).Where(_ => random.Next(1000) < i).Select(b => (byte)b).ToArray());
        return singles.Concat(letters).Concat(drawn.Where(bytes => bytes.Length > 0));
    }

    private static ByteSet SetOf(byte[] bytes) => bytes.Aggregate(ByteSet.Empty, (set, b) => set | ByteSet.Of(b));

    private static UInt128 Bits(IEnumerable<byte> bytes) => bytes.Aggregate(UInt128.Zero, (bits, b) => bits | UInt128.One << (b & 0x7F));
}
