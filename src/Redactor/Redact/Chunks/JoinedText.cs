using System.Buffers;
using System.Runtime.InteropServices;
using Redactor.Locate;

namespace Redactor.Redact.Chunks;

/// <summary>The pieces of a stream joined, and the way back from the joined text to the fields. Reused; not thread-safe.</summary>
/// <remarks>
/// <code>
/// pieces   "use sk-pro" | "j-4f9a..." | "b7 as the key"        joined   use sk-proj-4f9a...b7 as the key
///              |------|    |--------|    |-|                                |--------------|
/// </code>
/// </remarks>
internal sealed class JoinedText
{
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly ArrayBufferWriter<byte> plain = new();
    private readonly List<Escape> escapes = [];
    private readonly List<Part> parts = [];

    /// <summary>The joined text.</summary>
    public ReadOnlySpan<byte> Text => text.WrittenSpan;

    /// <summary>How many parts it has.</summary>
    public int Count => parts.Count;

    /// <summary>Whether all parts are the same: an id that each chunk repeats, not a text that is streamed.</summary>
    public bool IsConstant
    {
        get
        {
            for (int i = 1; i < parts.Count; i++)
            {
                if (!TextOf(i).SequenceEqual(TextOf(0)))
                {
                    return false;
                }
            }

            return parts.Count > 1;
        }
    }

    public void Clear()
    {
        text.ResetWrittenCount();
        parts.Clear();
    }

    /// <summary>Adds a text of another request.</summary>
    public void Add(ReadOnlySpan<byte> context)
    {
        if (!context.IsEmpty)
        {
            parts.Add(new Part(-1, text.WrittenCount, 0, [], false));
            text.Write(context);
        }
    }

    /// <summary>Adds a piece of the text of a field.</summary>
    public void Add(in ChunkPiece piece, ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> spelled = field[piece.From..piece.To];
        Escape[] itsEscapes = [];
        int start = text.WrittenCount;
        if (piece.InJson && spelled.Contains((byte)'\\'))
        {
            JsonText.Unescape(spelled, plain, escapes);
            spelled = plain.WrittenSpan;
            itsEscapes = [.. escapes];
        }

        parts.Add(new Part(piece.Field, start, piece.From, itsEscapes, piece.InJson));
        text.Write(spelled);
    }

    /// <summary>The text of a part.</summary>
    public ReadOnlySpan<byte> TextOf(int part) => Text[parts[part].Start..EndOf(part)];

    /// <summary>The located field that a part is of; -1: of another request.</summary>
    public int FieldOf(int part) => parts[part].Field;

    /// <summary>Where a part starts in the joined text.</summary>
    public int StartOf(int part) => parts[part].Start;

    /// <summary>Where a part ends in the joined text.</summary>
    public int EndOf(int part) => part + 1 < parts.Count ? parts[part + 1].Start : Text.Length;

    /// <summary>Whether a part is spelled as a string of JSON.</summary>
    public bool IsInJson(int part) => parts[part].InJson;

    /// <summary>The part that a byte of the joined text lies in.</summary>
    public int PartAt(int position) => Ascending.CountUpTo<Part, ByStart>(CollectionsMarshal.AsSpan(parts), position) - 1;

    /// <summary>Where in the text of its field a stretch of a part stands.</summary>
    public (int Start, int End) InField(int part, int start, int end)
    {
        Part known = parts[part];
        var map = new SpellingMap(known.Escapes);
        return (known.From + map.StartOf(start - known.Start), known.From + map.EndOf(end - known.Start));
    }

    private readonly record struct Part(int Field, int Start, int From, Escape[] Escapes, bool InJson);

    private readonly struct ByStart : IPlace<Part>
    {
        public static int Of(in Part item) => item.Start;
    }
}
