using System.Buffers;
using System.Text.Json;

namespace Redactor.Locate;

/// <summary>Single tokens: which of them matter, and as what.</summary>
public ref partial struct JsonLocator
{
    /// <summary>The longest spelling of a number: beyond it a token that should be one is text.</summary>
    private const int MaxNumberLength = 40;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);
    private static readonly SearchValues<byte> HexBytes = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private void AddString(OtlpField? field, in Context context)
    {
        ReadOnlySpan<byte> content = reader.ValueSpan;
        switch (field?.Kind)
        {
            case FieldKind.Id when IsId(content, field.IdLength):
            case FieldKind.Opaque or FieldKind.NameIndex when IsNumber(content):
                return;
            case FieldKind.TextIndex when IsNumber(content):
                AddSecret(content, context);
                return;
            case FieldKind.Number when IsNumber(content):
                AddNumber(field, context);
                return;
            case FieldKind.Bytes when !content.IsEmpty:
                Add(FieldRole.Bytes, content.Length, context);
                return;
        }

        FieldRole role = field?.Kind == FieldKind.Name ? FieldRole.Name : FieldRole.Text;
        if (Matters(content.Length, context))
        {
            Add(role, content.Length, role == FieldRole.Name ? context with { NameRule = -1 } : context);
        }
    }

    private void AddNumber(OtlpField? field, in Context context)
    {
        if (field is null or { Kind: not (FieldKind.Opaque or FieldKind.NameIndex or FieldKind.TextIndex) })
        {
            if (places is not null && context.NameRule < 0 && reader.ValueSpan.Length < LocateLimits.MinScannedDigits)
            {
                return;
            }

            int start = (int)reader.TokenStartIndex;

            // Where the table knows a number, the member itself says so: intValue has to become stringValue.
            bool named = field?.Kind == FieldKind.Number && context.MemberStart >= 0;
            fields.Add(Located(FieldRole.WholeNumber, start, (int)reader.BytesConsumed - start, context) with
            {
                FieldStart = named ? context.MemberStart : start,
            });
        }
        else if (field.Kind == FieldKind.TextIndex)
        {
            AddSecret(reader.ValueSpan, context);
        }
    }

    /// <summary>Adds the name of a member that the table does not know, and says which rule it is a key of.</summary>
    private readonly int AddName(int length, in Context context)
    {
        if (!Matters(length, None))
        {
            return -1;
        }

        Add(FieldRole.Name, length, context with { NameRule = -1 });
        return scanner.MatchName(Plain());
    }

    /// <summary>The rule that the current token, an attribute's key or its index in the string table, is a key of, or -1.</summary>
    private readonly int FindName(FieldKind kind)
    {
        if (kind == FieldKind.Name && reader.TokenType == JsonTokenType.String)
        {
            return Matters(reader.ValueSpan.Length, None) ? scanner.MatchName(Plain()) : -1;
        }

        return kind == FieldKind.NameIndex && TryReadIndex(out ulong index) ? strings.NameRule(index) : -1;
    }

    private readonly OtlpField? FindField(OtlpMessage? type) => type?.Find(Plain());

    /// <summary>A rule that masks; -1 for none and for one that only counts, which hides no other.</summary>
    private readonly int NameRule(int rule) => rule >= 0 && !scanner.Rules[rule].Shadow ? rule : -1;

    private readonly void AddSecret(ReadOnlySpan<byte> content, in Context context)
    {
        if (context.NameRule >= 0 && System.Buffers.Text.Utf8Parser.TryParse(content, out ulong index, out int read) && read == content.Length)
        {
            strings.AddSecret(index, context.NameRule);
        }
    }

    private readonly bool TryReadIndex(out ulong index)
    {
        index = 0;
        return reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && System.Buffers.Text.Utf8Parser.TryParse(reader.ValueSpan, out index, out int read) && read == reader.ValueSpan.Length;
    }

    /// <summary>The current string or name without its escapes.</summary>
    private readonly ReadOnlySpan<byte> Plain()
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        JsonText.Unescape(reader.ValueSpan, plain, escapes);
        return plain.WrittenSpan;
    }

    /// <summary>Whether anything in the current string, of <paramref name="length"/> bytes between its quotes, may have to be masked.</summary>
    private readonly bool Matters(int length, in Context context)
    {
        if (places is null || context.NameRule >= 0 || reader.ValueIsEscaped)
        {
            return true;
        }

        int start = (int)reader.TokenStartIndex;
        int index = places.BinarySearch(start);
        index = index < 0 ? ~index : index;
        return index < places.Count && places[index] <= start + length;
    }

    private readonly void Add(FieldRole role, int length, in Context context) =>
        fields.Add(Located(role, (int)reader.TokenStartIndex + 1, length, context) with { Escaped = reader.ValueIsEscaped });

    private static LocatedField Located(FieldRole role, int start, int length, in Context context) => new()
    {
        Role = role,
        FieldStart = start,
        PrefixStart = start,
        Start = start,
        End = start + length,
        Parent = context.Parent,
        NameRule = context.NameRule,
        Place = context.Place,
    };

    private static bool IsId(ReadOnlySpan<byte> content, int length) =>
        content.IsEmpty || (content.Length == length * 2 && !content.ContainsAnyExcept(HexBytes));

    private static bool IsNumber(ReadOnlySpan<byte> content) =>
        (content.Length <= MaxNumberLength && !content.ContainsAnyExcept(NumberBytes))
        || content.SequenceEqual("NaN"u8) || content.SequenceEqual("Infinity"u8) || content.SequenceEqual("-Infinity"u8);

    /// <summary>Looks up every string of the string table that the request may have.</summary>
    private void ReadStringTable(OtlpMessage request)
    {
        OtlpField? tables = request.Fields.FirstOrDefault(f => f.Message?.Shape == MessageShape.Dictionary);
        OtlpField? table = tables?.Message!.Fields.First(f => f.Kind == FieldKind.Text);
        bool inTables = false, inTable = false;
        while (table is not null && reader.Read() && reader.CurrentDepth <= LocateLimits.MaxNesting)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                inTables = reader.CurrentDepth == 1 ? FindField(request) == tables : inTables;
                inTable = inTables && reader.CurrentDepth == 2 && FindField(tables!.Message) == table;
            }
            else if (inTable && reader.TokenType == JsonTokenType.String)
            {
                strings.AddString(scanner.MatchName(Plain()));
            }
        }
    }
}
