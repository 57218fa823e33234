using System.Text;
using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Tests.Filtering;

public class FilterTests
{
    private static readonly byte[][] Alphabets =
    [
        [.. "aAbB01-_"u8],
        [0x00, 0x0A, 0x18, 0x7F, 0x80, 0x8A, 0x98, 0xFF],
        [(byte)'p', 0xF0, (byte)'P', 0xD0, (byte)'0', 0xB0, 0x10, (byte)'@'],
    ];

    public static TheoryData<FilterEngine> Engines => [.. Supported];

    private static FilterEngine[] Supported => [.. Enum.GetValues<FilterEngine>().Where(Filter.IsSupported)];

    [Fact]
    public void The_widest_engine_that_the_processor_has_is_chosen()
    {
        Assert.Equal(Supported.Max(), Filter.Create(SampleAtoms.All).Engine);
    }

    [Fact]
    public void No_filter_is_no_engine()
    {
        Assert.Throws<PlatformNotSupportedException>(() => Filter.Create(SampleAtoms.All, FilterEngine.None));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Atoms_are_found_at_every_offset_of_texts_of_every_length(FilterEngine engine)
    {
        foreach (Atom atom in SampleAtoms.All)
        {
            Filter filter = Filter.Create([atom], engine);
            CandidateList found = new();
            for (int length = 0; length <= 300; length++)
            {
                byte[] text = new byte[length];
                Array.Fill(text, (byte)'\n');
                for (int offset = 0; offset + atom.Length <= length; offset += length < 80 ? 1 : 7)
                {
                    Write(atom, text.AsSpan(offset), offset);
                    found.Clear();
                    filter.Find(text, found);
                    Assert.Contains(new Candidate(offset, 0), found.Items.ToArray());
                    text.AsSpan(offset, atom.Length).Fill((byte)'\n');
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_length_gives_what_trying_every_atom_at_every_byte_gives(FilterEngine engine)
    {
        byte[] text = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(
            "pPin at key=AKIAeyJ 4111111111111111 a@b 123-45-6789 x-API-key:\n\x03pin \x18\x80\xFF\x81\x90\xA0\u00E9#x abcdefghijklmnopqrstuvwxyz012345", 3)));
        Filter filter = Filter.Create(SampleAtoms.All, engine);
        for (int length = 0; length <= 300; length++)
        {
            AssertSame(SampleAtoms.All, filter, text.AsSpan(0, length));
            AssertSame(SampleAtoms.All, filter, text.AsSpan(text.Length - length));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Random_atoms_are_found_in_random_texts(FilterEngine engine)
    {
        Random random = new(1);
        for (int round = 0; round < 60; round++)
        {
            byte[] alphabet = Alphabets[round % Alphabets.Length];
            Atom[] atoms = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => SampleAtoms.Random(random, alphabet)).Distinct()];
            Filter filter = Filter.Create(atoms, engine);
            for (int i = 0; i < 5; i++)
            {
                byte[] text = RandomText(random, alphabet, random.Next(400));
                AssertSame(atoms, filter, text);
            }
        }
    }

    /// <summary>17 are more than half of the buckets, 40 more than all, 200 more than all sets of shapes have.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Any_number_of_shapes_is_found(FilterEngine engine)
    {
        ByteSet letters = ByteSet.Range((byte)'a', (byte)'z'), digits = ByteSet.Range((byte)'0', (byte)'9');
        var random = new Random(1);
        foreach (int count in (int[])[1, 16, 17, 40, 200])
        {
            Atom[] shapes = [.. Enumerable.Range(0, count).Select(i => new Atom([letters | ByteSet.Of((byte)(0x80 + i)), letters, ByteSet.Of((byte)('!' + (i % 15))), digits | letters, letters]))];
            Filter filter = Filter.Create(shapes, engine);
            for (int i = 0; i < 20; i++)
            {
                byte[] text = Encoding.ASCII.GetBytes(random.GetString("abcxyz0189!#%&*./", 5_000));
                CandidateList found = new();
                filter.Find(text, found);
                Assert.Equal(NaiveFilter.Find(shapes, text), found.Items.ToArray());
                Assert.NotEqual(0, found.Count);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Borders_of_blocks_hide_nothing(FilterEngine engine)
    {
        Filter filter = Filter.Create(SampleAtoms.All, engine);
        foreach (int border in new[] { Block.Length, 2 * Block.Length })
        {
            foreach (Atom atom in SampleAtoms.All)
            {
                // The text ends in the last block's reach, just behind it, or well behind it.
                foreach (int behind in new[] { 0, 1, Block.Lookahead - 1, Block.Lookahead, Block.Lookahead + 1, 500 })
                {
                    for (int offset = border - Atom.MaxLength; offset <= border + 1; offset += 3)
                    {
                        byte[] text = new byte[Math.Max(offset + atom.Length, border + behind)];
                        Array.Fill(text, (byte)'\n');
                        Write(atom, text.AsSpan(offset), offset);
                        CandidateList found = new();
                        filter.Find(text, found);
                        Assert.Contains(found.Items.ToArray(), c => c.Position == offset && SampleAtoms.All[c.Atom] == atom);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Runs_longer_than_a_block_are_reported_wherever_they_hold_an_atom(FilterEngine engine)
    {
        byte[] text = new byte[3 * Block.Length + 77];
        Array.Fill(text, (byte)'7');
        text[0] = text[Block.Length + 5] = text[^40] = (byte)'\n';
        AssertSame(SampleAtoms.All, Filter.Create(SampleAtoms.All, engine), text);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Long_random_texts_give_the_same_answer_across_many_blocks(FilterEngine engine)
    {
        Random random = new(2);
        Filter filter = Filter.Create(SampleAtoms.All, engine);
        foreach (byte[] alphabet in Alphabets)
        {
            AssertSame(SampleAtoms.All, filter, RandomText(random, alphabet, 20_000));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void In_one_unit_no_byte_is_a_length_behind_which_a_word_starts(FilterEngine engine)
    {
        Atom[] atoms = [new([.. SampleAtoms.Word("key").Sets]) { AtWordStart = true }, new([.. Enumerable.Repeat(ByteSet.Range((byte)'0', (byte)'9'), 12)]) { AtWordStart = true }];
        Filter filter = Filter.Create(atoms, engine);
        CandidateList any = new(), one = new();
        byte[] text = Encoding.ASCII.GetBytes("2xkey key 22123456789012 " + new string('.', 4096) + "2xkey 22123456789012 key");
        filter.Find(text, any);
        filter.Find(text, one, oneUnit: true);
        Candidate[] starts = [.. any.Items.ToArray().Where(c => c.Position == 0 || !char.IsAsciiLetterOrDigit((char)text[c.Position - 1]))];
        Assert.Equal(starts, one.Items.ToArray());
        Assert.Equal(4, one.Count);
        Assert.True(any.Count > 6);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Five_thousand_atoms_are_all_found(FilterEngine engine)
    {
        Random random = new(3);
        Atom[] atoms = [.. Enumerable.Range(0, 5_000).Select(i => SampleAtoms.Word($"{(char)('a' + random.Next(26))}{i}{(char)('a' + random.Next(26))}x")).Distinct()];
        byte[] text = [.. atoms.SelectMany(a => a.Sets.Select(s => s.Bytes().Last()).Append((byte)' '))];
        CandidateList found = new();
        Filter.Create(atoms, engine).Find(text, found);
        HashSet<int> seen = [.. found.Items.ToArray().Select(c => c.Atom)];
        Assert.Equal(atoms.Length, seen.Count);
        Assert.All(found.Items.ToArray(), c => Assert.True(NaiveFilter.IsAt(atoms[c.Atom], text, c.Position)));
    }

    [Fact]
    public void Candidates_are_appended_to_those_of_another_text()
    {
        CandidateList found = new();
        Filter filter = Filter.Create([SampleAtoms.Word("key")]);
        filter.Find("...key"u8, found);
        filter.Find("key"u8, found);
        Assert.Equal([new Candidate(3, 0), new Candidate(0, 0)], found.Items.ToArray());
    }

    [Fact]
    public void Finding_allocates_nothing()
    {
        Filter filter = Filter.Create(SampleAtoms.All);
        byte[] text = RandomText(new Random(4), Alphabets[0], 20_000);
        CandidateList found = new();
        filter.Find(text, found);
        found.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        filter.Find(text, found);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Without_atoms_nothing_is_found()
    {
        CandidateList found = new();
        Filter.Create([]).Find("key"u8, found);
        Assert.Equal(0, found.Count);
    }

    [Fact]
    public void A_position_without_bytes_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Atom(ByteSet.Of("a"), ByteSet.Empty));
    }

    private static void AssertSame(IReadOnlyList<Atom> atoms, Filter filter, ReadOnlySpan<byte> text)
    {
        CandidateList found = new();
        filter.Find(text, found);
        Assert.Equal(NaiveFilter.Find(atoms, text), found.Items.ToArray());
    }

    private static byte[] RandomText(Random random, byte[] alphabet, int length)
    {
        byte[] text = new byte[length];
        for (int i = 0; i < length;)
        {
            // Stretches of one byte, so that runs occur.
            byte value = alphabet[random.Next(alphabet.Length)];
            for (int end = Math.Min(length, i + (random.Next(8) == 0 ? random.Next(100) : 1)); i < end; i++)
            {
                text[i] = value;
            }
        }

        return text;
    }

    private static void Write(Atom atom, Span<byte> text, int seed)
    {
        for (int i = 0; i < atom.Length; i++)
        {
            byte[] bytes = [.. atom.Sets[i].Bytes()];
            text[i] = bytes[(seed + i) % bytes.Length];
        }
    }
}
