using System.Globalization;
using System.Text;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// How often the most common texts of four and of six bytes are seen, as shipped in <c>CommonTexts.txt</c>: words, of which <see cref="TextStatistics"/> knows only the
/// pairs. <c>addres</c> is seen two hundred times as often as its pairs say.
/// </summary>
/// <remarks>
/// The file has a line for each text: its bytes with bit 5 set, as <see cref="TextWindows"/> keys are, and a digit n (<see cref="TextStatistics.Digits"/>) for a share of
/// 2 to the power of -n of all positions. <c>dotnet run --project bench/Redactor.Bench -- common-texts FILE...</c> makes it.
/// </remarks>
internal static class CommonTexts
{
    /// <summary>Texts that are rarer than once in 64 KiB are not shipped.</summary>
    public const double Least = 1.0 / (1 << 16);

    private static readonly Dictionary<ulong, float> Shipped = Load();

    /// <summary>The share of positions at which one of <paramref name="texts"/>, keys of four or of six bytes, stands; those that are not known count for nothing.</summary>
    public static float Share(IEnumerable<ulong> texts) => texts.Sum(text => Shipped.GetValueOrDefault(text));

    /// <summary>The key of a text, the first byte in the lowest bits.</summary>
    public static ulong KeyOf(ReadOnlySpan<byte> text)
    {
        ulong key = 0;
        for (int i = 0; i < text.Length; i++)
        {
            key |= (ulong)(text[i] | TextWindows.CaseBit) << (8 * i);
        }

        return key;
    }

    /// <summary>The symbols that a byte of a key stands for.</summary>
    public static UInt128 BothCases(byte value) =>
        TextStatistics.SymbolsOf(ByteSet.Of(value) | ByteSet.Of((byte)(value & ~TextWindows.CaseBit)));

    /// <summary>A key as the file spells it: bytes beyond ASCII and the delete character, of which nothing common is made, as question marks.</summary>
    public static string Print(ulong key, int length) =>
        string.Create(length, key, static (text, key) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                char c = (char)(byte)(key >> (8 * i));
                text[i] = c < 0x7F ? c : '?';
            }
        });

    private static Dictionary<ulong, float> Load()
    {
        using Stream stream = typeof(CommonTexts).Assembly.GetManifestResourceStream("CommonTexts.txt")
            ?? throw new InvalidOperationException("The resource CommonTexts.txt is missing from the build.");
        using StreamReader reader = new(stream);
        Dictionary<ulong, float> shares = [];
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length is not (Window.Short + 1 or Window.Long + 1))
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"CommonTexts.txt, line {line}: a text has {Window.Short} or {Window.Long} bytes."));
            }

            shares.TryAdd(KeyOf(Encoding.ASCII.GetBytes(text[..^1])), MathF.ScaleB(1, -TextStatistics.Digits.IndexOf(text[^1], StringComparison.Ordinal)));
        }

        return shares;
    }
}
