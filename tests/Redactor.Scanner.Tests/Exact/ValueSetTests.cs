using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Scanning.Exact;

namespace Redactor.Scanning.Tests.Exact;

public class ValueSetTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(27)]
    [InlineData(64)]
    [InlineData(4096)]
    public void A_value_is_found_at_every_offset_with_every_length_of_text_behind_it(int length)
    {
        byte[] value = Random(new Random(length), length);
        ValueSet values = Build([value]);
        for (int before = 0; before <= 64; before++)
        {
            for (int behind = 0; behind <= 64; behind += before % 8 == 0 ? 1 : 9)
            {
                byte[] text = [.. new byte[before], .. value, .. Filled(behind, 'J')];
                Assert.Equal([new Finding(0, before, length)], All(values, text));
            }
        }
    }

    [Theory]
    [InlineData("kZ81mfQ04xVbYw73", 0)]
    [InlineData("kZ81mfQ0/4xVb-Yw73+ab_cdef=g", 0)]
    [InlineData("amqp://me:kZ81@h", 1)]
    [InlineData("{\"p\":\"kZ81mfQ0\"}", 1)]
    [InlineData("correct horse battery staple", 2)]
    [InlineData("größte Äpfel", 2)]
    public void A_value_of_any_kind_is_found_wherever_it_stands_and_blocks_and_parts_of_the_text_end(string text, int kind)
    {
        byte[] value = Encoding.UTF8.GetBytes(text);
        ValueSet values = Build([value]);
        int block = values.Places.BlockLength;
        Assert.Equal(kind, ValueSet.KindOf(value));
        for (int start = block - 70; start < block + 70; start++)
        {
            byte[] around = Filled(block + 200, ' ');
            value.CopyTo(around, start);
            Finding[] expected = [new(0, start, value.Length)];
            Assert.Equal(expected, All(values, around));
            Assert.Equal(expected, All(values, around, parts: [block - 65, block - 1, block + 50]));
            value.AsSpan(1).CopyTo(around.AsSpan(start));
            Assert.Empty(All(values, around.AsSpan(0, start + value.Length - 1)));
        }
    }

    [Fact]
    public void A_value_that_is_cut_off_or_changed_in_one_bit_is_not_found()
    {
        byte[] value = Random(new Random(1), 24);
        ValueSet values = Build([value]);
        Assert.Empty(All(values, value.AsSpan(1)));
        Assert.Empty(All(values, value.AsSpan(..^1)));
        for (int bit = 0; bit < value.Length * 8; bit++)
        {
            byte[] text = [.. value];
            text[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Empty(All(values, text));
        }
    }

    [Fact]
    public void Texts_shorter_than_a_window_hold_nothing()
    {
        ValueSet values = Build([Random(new Random(1), 16)]);
        for (int length = 0; length < 16; length++)
        {
            Assert.Empty(All(values, new byte[length]));
        }
    }

    [Fact]
    public void Every_value_is_found_among_others_that_share_its_start_its_end_and_its_windows()
    {
        var random = new Random(2);
        byte[] start = Random(random, 40), end = Random(random, 40);
        byte[][] list =
        [
            .. Enumerable.Range(0, 300).Select(_ => (byte[])[.. start.AsSpan(0, random.Next(41)), .. Random(random, 16), .. end.AsSpan(0, random.Next(41))]),
            .. Enumerable.Range(16, 25).Select(length => start[..length]),
            .. Enumerable.Range(0, 25).Select(from => start[from..]),
        ];
        ValueSet values = Build(list);
        byte[] text = [.. list.OrderBy(_ => random.Next()).SelectMany(v => v.Concat(Random(random, random.Next(3))))];
        Assert.Equal(Naive(list, text), All(values, text));
    }

    [Fact]
    public void Any_set_of_values_finds_in_any_text_what_a_dictionary_of_all_substrings_finds()
    {
        // Few letters and pieces of the same stock, so that values repeat, overlap, nest and share all but a byte.
        Gen<byte[]> stock = Gen.Elements("abcdefgh", "aaaaaaaa", "abcabcab", "aaaaaaab", "a", "b", "ab", ":", " ").Select(Encoding.ASCII.GetBytes);
        Gen<byte[]> value = stock.ListOf().Select(pieces => pieces.SelectMany(p => p).ToArray()).Where(v => v.Length is >= 16 and <= 80);
        Gen<(byte[][] Values, byte[] Text)> cases =
            from values in value.NonEmptyListOf()
            from text in Gen.OneOf(value, Gen.Elements(values.ToArray()), stock).ListOf()
            from behind in Gen.Elements(0, 200)
            select (values.ToArray(), (byte[])[.. text.SelectMany(p => p), .. Filled(behind, ' ')]);
        Prop.ForAll(cases.ToArbitrary(), c => Naive(c.Values, c.Text).SequenceEqual(All(Build(c.Values), c.Text))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hundred_thousand_values_are_all_found_where_they_are_and_nowhere_else()
    {
        var random = new Random(3);
        byte[][] list = [.. Enumerable.Range(0, 100_000).Select(_ => Random(random, random.Next(16, 41)))];
        var text = new List<byte>();
        var expected = new List<Finding>();
        for (int i = 0; i < list.Length; i++)
        {
            text.AddRange(Random(random, random.Next(12)));
            expected.Add(new Finding(i, text.Count, list[i].Length));
            text.AddRange(list[i]);
        }

        Assert.Equal(expected, All(Build(list), text.ToArray()));
    }

    [Fact]
    public void Text_full_of_one_window_costs_a_candidate_a_stride_and_a_hash_for_each_length_and_offset_whatever_the_number_of_values()
    {
        // All 2,000 values have the same middle, which is where their windows are, and one of two lengths: 32 or 34 bytes.
        var random = new Random(4);
        byte[] middle = Filled(30, 'x');
        ValueSet values = Build(Enumerable.Range(0, 2000).Select(i => (byte[])[.. Random(random, 1 + i % 2), .. middle, .. Random(random, 1 + i % 2)]));
        byte[] text = Filled(8 * 1024, 'x');
        var candidates = new CandidateList();
        long hashed = Search(values, text, candidates, new FindingList());
        Assert.InRange(candidates.Count, 1, (text.Length / values.Stride) + 1);
        Assert.InRange(hashed, 1, candidates.Count * values.Stride * (32 + 34));
    }

    [Fact]
    public void The_first_rule_of_equal_values_counts()
    {
        byte[] value = Random(new Random(5), 16);
        Assert.Equal([new Finding(3, 0, 16)], All(new ValueSet([new(7, value), new(3, value), new(5, value)]), value));
    }

    [Fact]
    public void One_set_serves_many_threads()
    {
        var random = new Random(7);
        byte[][] list = [.. Enumerable.Range(0, 500).Select(_ => Random(random, random.Next(16, 41)))];
        byte[] text = [.. list.SelectMany(v => v)];
        ValueSet values = Build(list);
        Finding[] alone = All(values, text);
        Assert.Equal(list.Length, alone.Length);
        Finding[][] together = new Finding[16][];
        Parallel.For(0, together.Length, i => together[i] = All(values, text));
        Assert.All(together, found => Assert.Equal(alone, found));
    }

    [Fact]
    public void Searching_allocates_nothing_once_warm()
    {
        var random = new Random(6);
        byte[][] list = [.. Enumerable.Range(0, 1000).Select(_ => Random(random, 32))];
        byte[] text = [.. list.SelectMany(v => v)];
        ValueSet values = Build(list);
        var candidates = new CandidateList();
        var findings = new FindingList();
        Search(values, text, candidates, findings);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Search(values, text, candidates, findings);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(list.Length, findings.Count);
    }

    private static ValueSet Build(IEnumerable<byte[]> values) => new([.. values.Select((value, i) => new ExactValue(i, value))]);

    private static byte[] Random(Random random, int length) => [.. random.GetItems<char>(Alphabet, length).Select(c => (byte)c)];

    private static byte[] Filled(int length, char with) => [.. Enumerable.Repeat((byte)with, length)];

    private static Finding[] All(ValueSet values, ReadOnlySpan<byte> text, params ReadOnlySpan<int> parts)
    {
        var candidates = new CandidateList();
        var findings = new FindingList();
        Search(values, text, candidates, findings, parts);
        return findings.Items.ToArray();
    }

    private static long Search(ValueSet values, ReadOnlySpan<byte> text, CandidateList candidates, FindingList findings, params ReadOnlySpan<int> parts)
    {
        candidates.Clear();
        findings.Clear();
        int from = 0;
        foreach (int until in parts)
        {
            values.FindCandidates(text, from, until, 0, candidates);
            from = until;
        }

        values.FindCandidates(text, from, text.Length, 0, candidates);
        long budget = long.MaxValue;
        foreach (Candidate c in candidates.Items)
        {
            Assert.True(values.TryConfirm(text, c.Position, 0, text.Length, ref budget, findings));
        }

        findings.Sort();
        return long.MaxValue - budget;
    }

    /// <summary>The twin: looks every substring of every length up.</summary>
    private static Finding[] Naive(IReadOnlyList<byte[]> values, byte[] text)
    {
        var numbers = new Dictionary<string, int>();
        foreach ((int i, byte[] value) in values.Index())
        {
            numbers.TryAdd(Encoding.Latin1.GetString(value), i);
        }

        string all = Encoding.Latin1.GetString(text);
        return [.. from start in Enumerable.Range(0, text.Length)
                   from length in values.Select(v => v.Length).Distinct()
                   where start + length <= text.Length && numbers.ContainsKey(all.Substring(start, length))
                   let rule = numbers[all.Substring(start, length)]
                   orderby start, rule, length
                   select new Finding(rule, start, length)];
    }
}
