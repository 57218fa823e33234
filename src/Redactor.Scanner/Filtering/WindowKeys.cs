using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>
/// What to know a window by, so that it has few keys: most read one text of four bytes whatever their case; the two letters of a shorter
/// atom are known by two; and <c>[A-Za-z0-9]@[A-Za-z0-9]</c>, which reads millions of texts, by the classes of its bytes.
/// </summary>
internal sealed class WindowKeys
{
    // Bit 5 of every byte tells capitals from small letters.
    private const uint CaseBits = 0x20202020;
    private const int MaxTexts = 2048;
    private const int MaxClasses = 16;

    private readonly byte[] classes = new byte[256];

    /// <summary>Chooses how each of <paramref name="windows"/>, numbered in their order, is known.</summary>
    public WindowKeys(IReadOnlyList<Window> windows)
    {
        List<(Window Window, int Number)> shapes = [];
        List<(uint, int)> texts = [], pairs = [];
        foreach ((int number, Window window) in windows.Index())
        {
            if (Count(Texts(window, Window.Length)) <= MaxTexts)
            {
                texts.AddRange(Combine(Texts(window, Window.Length)).Select(key => (key, number)));
            }
            else if (window.Atom.Length <= 2)
            {
                pairs.AddRange(Combine(Texts(window, 2)).Select(key => (key, number)));
            }
            else
            {
                shapes.Add((window, number));
            }
        }

        Classify(shapes.SelectMany(s => Enumerable.Range(0, Window.Length).Select(position => s.Window[position])));
        ByText = new KeyIndex(texts);
        ByPair = new KeyIndex(pairs);
        ByShape = new KeyIndex(shapes.SelectMany(s => Combine(Shapes(s.Window)).Select(key => (key, s.Number))));
    }

    /// <summary>The windows known by <see cref="Text"/>.</summary>
    public KeyIndex ByText { get; }

    /// <summary>The windows known by <see cref="Pair"/>.</summary>
    public KeyIndex ByPair { get; }

    /// <summary>The windows known by <see cref="Shape"/>.</summary>
    public KeyIndex ByShape { get; }

    /// <summary>Four bytes without case; the first byte of the text is in the lowest bits of <paramref name="next"/>.</summary>
    public static uint Text(uint next) => next | CaseBits;

    /// <summary>The first two of them.</summary>
    public static uint Pair(uint next) => (ushort)(next | CaseBits);

    /// <summary>The classes of the four bytes, four bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Shape(uint next)
    {
        ref byte of = ref MemoryMarshal.GetArrayDataReference(classes);
        return (uint)(Unsafe.Add(ref of, next & 0xFF) | Unsafe.Add(ref of, (next >> 8) & 0xFF) << 4 |
            Unsafe.Add(ref of, (next >> 16) & 0xFF) << 8 | Unsafe.Add(ref of, next >> 24) << 12);
    }

    /// <summary>Parts the bytes so that each set is a union of classes, the commonest sets first; when there are too many, the rest make do.</summary>
    private void Classify(IEnumerable<ByteSet> sets)
    {
        foreach (ByteSet set in sets.CountBy(set => set).OrderByDescending(s => s.Value).Select(s => s.Key))
        {
            Dictionary<(byte, bool), byte> parts = [];
            byte[] refined = new byte[256];
            for (int value = 0; value < 256; value++)
            {
                (byte, bool) part = (classes[value], set.Contains((byte)value));
                parts.TryAdd(part, (byte)parts.Count);
                refined[value] = parts[part];
            }

            if (parts.Count <= MaxClasses)
            {
                refined.CopyTo(classes, 0);
            }
        }
    }

    private static uint[][] Texts(Window window, int bytes) =>
        [.. Enumerable.Range(0, bytes).Select(position => window[position].Bytes().Select(value => value | (CaseBits & 0xFF)).Distinct().Select(value => value << (8 * position)).ToArray())];

    private uint[][] Shapes(Window window) =>
        [.. Enumerable.Range(0, Window.Length).Select(position => window[position].Bytes().Select(value => (uint)classes[value]).Distinct().Select(value => value << (4 * position)).ToArray())];

    private static long Count(uint[][] choices) => choices.Aggregate(1L, (count, position) => count * position.Length);

    private static List<uint> Combine(uint[][] choices) =>
        choices.Aggregate(new List<uint> { 0 }, (keys, position) => [.. keys.SelectMany(key => position.Select(choice => key | choice))]);
}
