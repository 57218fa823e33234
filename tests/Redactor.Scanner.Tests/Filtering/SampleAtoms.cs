using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Tests.Filtering;

/// <summary>Atoms of the kinds that rules have.</summary>
internal static class SampleAtoms
{
    private static readonly ByteSet Digit = ByteSet.Range((byte)'0', (byte)'9');
    private static readonly ByteSet Letter = ByteSet.Range((byte)'a', (byte)'z') | ByteSet.Range((byte)'A', (byte)'Z');
    private static readonly ByteSet High = ByteSet.Range(0x80, 0xFF);

    public static IReadOnlyList<Atom> All { get; } =
    [
        Word("password"), Word("pass"), Word("x-api-key"), Word("key"), Word("pin"), Word("at"), Word("q"),
        Exact("ghp_"), Exact("sk-ant-"), Exact("eyJ"), Exact("AKIA"), Exact("bedrock-api-key-0123456789abcdef"),
        new(ByteSet.Of(0x0A), ByteSet.Of(0x03), ByteSet.Of("pP"), ByteSet.Of("iI"), ByteSet.Of("nN")),
        new(Letter | Digit, ByteSet.Of("@"), Letter | Digit),
        new(Digit, Digit, Digit, ByteSet.Of("-"), Digit, Digit, ByteSet.Of("-"), Digit, Digit, Digit, Digit),
        new(ByteSet.Of(0x18), High, High, High, High, High),
        new(High, High),
        new(ByteSet.Of(0xC3), ByteSet.Of(0xA9)),
        new(~ByteSet.Of("\n"), ByteSet.Of("#"), ~ByteSet.Of("\n")),
        Run(Digit, 9), Run(Digit, 13), Run(Digit, 16), Run(Letter | Digit | ByteSet.Of("+/=_-"), 24), Run(Letter | Digit | ByteSet.Of("+/=_-"), 32),
        new(Digit, Digit, Digit, ByteSet.Of("-"), Digit, Digit, Digit) { AtWordStart = true },
        new(ByteSet.Of("."), Digit, Digit, Digit, Digit, ByteSet.Of("."), Digit), new(Letter, Letter, Digit, Digit, Digit, Letter) { AtWordStart = true },
        new(Digit, Digit, Digit, Digit) { AtWordStart = true }, new([ByteSet.Of("12"), .. Enumerable.Repeat(Digit, 6)]) { AtWordStart = true },
        new([ByteSet.Of("_"), .. Enumerable.Repeat(Letter, 17)]), new([.. Enumerable.Repeat(Letter | Digit | ByteSet.Of("_-"), 20)]) { AtWordStart = true },
        Run(Letter, 8), Run(Digit, 3), Run(ByteSet.Of(0), 8), Run(High, 9), Run(~ByteSet.Of("\n"), 32),
    ];

    public static Atom Word(string word) => new([.. word.Select(c => ByteSet.Of($"{char.ToLowerInvariant(c)}{char.ToUpperInvariant(c)}"))]);

    public static Atom Exact(string text) => new([.. text.Select(c => ByteSet.Of((byte)c))]);

    public static Atom Run(ByteSet set, int length) => new([.. Enumerable.Repeat(set, length)]);

    /// <summary>An atom of 1 to 32 positions, most of them of one byte or two, of an alphabet so small that it occurs.</summary>
    public static Atom Random(Random random, ReadOnlySpan<byte> alphabet)
    {
        ByteSet[] sets = new ByteSet[random.Next(4) == 0 ? random.Next(1, Atom.MaxLength + 1) : random.Next(1, 7)];
        ByteSet common = ByteSet.Of(alphabet[random.Next(alphabet.Length)]);
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = random.Next(6) switch
            {
                0 => ByteSet.All,
                1 => ~ByteSet.Of(alphabet[random.Next(alphabet.Length)]),
                2 => ByteSet.Of(alphabet[random.Next(alphabet.Length)]) | ByteSet.Of(alphabet[random.Next(alphabet.Length)]),
                3 => common,
                _ => ByteSet.Of(alphabet[random.Next(alphabet.Length)]),
            };
        }

        return new Atom(sets) { AtWordStart = random.Next(3) == 0 };
    }
}
