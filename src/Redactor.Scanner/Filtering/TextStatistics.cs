using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// How often byte follows byte in text of the kinds that telemetry is made of (logs, JSON, prose, code, protobuf), as shipped in
/// <c>TextStatistics.txt</c>, and from it an estimate of how often bytes in a row are.
/// </summary>
/// <remarks>
/// The alphabet is ASCII; the control codes 0x0E and 0x0F, which no text has, stand for all bytes 0x80 to 0xBF and 0xC0 to 0xFF.
/// The file has a line for each symbol and in it a character for each symbol that follows: n, from 0 to z, for 2 to the power of -n of all pairs.
/// <c>dotnet run --project bench/Redactor.Bench -- statistics FILE...</c> makes it.
/// </remarks>
internal static class TextStatistics
{
    /// <summary>Number of symbols.</summary>
    public const int Symbols = 128;

    /// <summary>What a pair that was never seen is taken for: 2 to the power of -this.</summary>
    public const int Never = 26;

    /// <summary>The digits of the file: 0 to 9, a to z.</summary>
    public const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The symbols for 0x80 to 0xBF and for 0xC0 to 0xFF.</summary>
    public const byte LowerHigh = 0x0E, UpperHigh = 0x0F;

    /// <summary>Both of them: what is not ASCII.</summary>
    public static UInt128 High => UInt128.One << LowerHigh | UInt128.One << UpperHigh;

    private static readonly Model Shipped = Load();

    /// <summary>The symbol of a byte.</summary>
    public static byte SymbolOf(byte value) => value < 0x80 ? value : value < 0xC0 ? LowerHigh : UpperHigh;

    /// <summary>The symbols of the bytes of a set.</summary>
    public static UInt128 SymbolsOf(ByteSet set) =>
        set.Lower | ((ulong)set.Upper != 0 ? UInt128.One << LowerHigh : 0) | ((set.Upper >> 64) != 0 ? UInt128.One << UpperHigh : 0);

    /// <summary>The symbols of the bytes of a set and of those that have the same seven low bits.</summary>
    public static UInt128 SymbolsOfLowBits(ByteSet set) => SymbolsOf(set) | set.Upper;

    /// <summary>
    /// The estimated share of positions in text at which a byte of the first of <paramref name="sets"/> stands, then one of the second and so on,
    /// taking each byte to depend on the one before it alone.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Share(ReadOnlySpan<UInt128> sets)
    {
        Span<float> even = stackalloc float[Symbols], odd = stackalloc float[Symbols];
        scoped ReadOnlySpan<float> now = Shipped.Single;
        for (int i = 1; i < sets.Length; i++)
        {
            Span<float> next = i % 2 == 0 ? even : odd;
            Step(sets[i - 1], now, sets[i], next);
            now = next;
        }

        return Sum(sets[^1], now);
    }

    /// <summary>The estimated share of positions in text at which a byte of <paramref name="set"/> stands.</summary>
    public static float Share(UInt128 set) => Sum(set, Shipped.Single);

    /// <summary>The estimated share of <paramref name="second"/> among the bytes behind <paramref name="first"/>.</summary>
    public static float Behind(byte first, byte second) => Shipped.Follow[(SymbolOf(first) * Symbols) + SymbolOf(second)];

    private static float Sum(UInt128 set, ReadOnlySpan<float> shares)
    {
        float share = 0;
        for (int half = 0; half < 2; half++)
        {
            for (ulong rest = (ulong)(set >> (64 * half)); rest != 0; rest &= rest - 1)
            {
                share += shares[64 * half + System.Numerics.BitOperations.TrailingZeroCount(rest)];
            }
        }

        return share;
    }

    /// <summary>From the shares of sequences that end in each symbol of <paramref name="from"/> to those that go on to each of <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(UInt128 from, ReadOnlySpan<float> shares, UInt128 to, Span<float> result)
    {
        // A quarter of the symbols at a time, so that the sums stay in registers; controls and capitals are often not asked for at all.
        const int Quarter = Symbols / 4;
        ref float follow = ref Shipped.Follow[0];
        for (int first = 0; first < Symbols; first += Quarter)
        {
            if ((uint)(to >> first) == 0)
            {
                continue;
            }

            Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int half = 0; half < 2; half++)
            {
                for (ulong rest = (ulong)(from >> (64 * half)); rest != 0; rest &= rest - 1)
                {
                    int symbol = 64 * half + System.Numerics.BitOperations.TrailingZeroCount(rest);
                    nuint row = (nuint)(symbol * Symbols + first);
                    Vector256<float> share = Vector256.Create(shares[symbol]);
                    sum0 += share * Vector256.LoadUnsafe(ref follow, row);
                    sum1 += share * Vector256.LoadUnsafe(ref follow, row + 8);
                    sum2 += share * Vector256.LoadUnsafe(ref follow, row + 16);
                    sum3 += share * Vector256.LoadUnsafe(ref follow, row + 24);
                }
            }

            sum0.CopyTo(result[first..]);
            sum1.CopyTo(result[(first + 8)..]);
            sum2.CopyTo(result[(first + 16)..]);
            sum3.CopyTo(result[(first + 24)..]);
        }
    }

    private static Model Load()
    {
        using Stream stream = typeof(TextStatistics).Assembly.GetManifestResourceStream("TextStatistics.txt")
            ?? throw new InvalidOperationException("The resource TextStatistics.txt is missing from the build.");
        using StreamReader reader = new(stream);
        float[] single = new float[Symbols], follow = new float[Symbols * Symbols];
        for (int first = 0; first < Symbols; first++)
        {
            string line = reader.ReadLine() ?? throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"TextStatistics.txt has {first} lines instead of {Symbols}."));
            Span<float> row = follow.AsSpan(first * Symbols, Symbols);
            for (int second = 0; second < Symbols; second++)
            {
                row[second] = MathF.ScaleB(1, -Digits.IndexOf(line[second], StringComparison.Ordinal));
                single[first] += row[second];
            }

            foreach (ref float share in row)
            {
                share /= single[first];
            }
        }

        return new Model(single, follow);
    }

    private sealed record Model(float[] Single, float[] Follow);
}
