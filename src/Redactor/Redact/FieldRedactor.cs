using System.Runtime.InteropServices;
using Redactor.Locate;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Scans the located fields of one payload and decides on the edit of each: what text, names and the messages around them need.</summary>
internal readonly ref partial struct FieldRedactor
{
    private readonly ReadOnlySpan<byte> payload;
    private readonly PayloadEncoding encoding;
    private readonly Scanner scanner;
    private readonly Scratch scratch;
    private readonly Span<LocatedField> fields;
    private readonly Span<Edit> edits;
    private readonly ConversationPolicy conversations;

    private FieldRedactor(ReadOnlySpan<byte> payload, PayloadEncoding encoding, RuleSet rules, Scratch scratch)
    {
        this.payload = payload;
        this.encoding = encoding;
        this.scratch = scratch;
        scanner = rules.Scanner;
        conversations = rules.Conversations;
        fields = scratch.Fields.Items;
        edits = scratch.Edits;
        edits.Clear();
    }

    /// <summary>Fills <see cref="Scratch.Edits"/> and <see cref="Scratch.Replacements"/>.</summary>
    /// <returns>Whether there is any edit.</returns>
    public static bool Redact(ReadOnlySpan<byte> payload, PayloadEncoding encoding, RuleSet rules, Scratch scratch) =>
        new FieldRedactor(payload, encoding, rules, scratch).RedactAll();

    /// <summary>The masks where the field at hand is.</summary>
    private Maskers Maskers => scratch.Judge.Maskers;

    /// <summary>The messages around the fields.</summary>
    private FieldSurroundings Around => new(payload, encoding, fields, scratch.Signal);

    private bool RedactAll()
    {
        bool any = false;
        int droppedEnd = 0;
        bool dependsOnPlace = Maskers.DependOnPlace;
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i].Role == FieldRole.Message || fields[i].FieldStart < droppedEnd)
            {
                continue;
            }

            if (dependsOnPlace)
            {
                EnterPlace(i);
            }

            scratch.ReplacementStart = scratch.Replacements.WrittenCount;
            Verdict verdict = RedactField(i);
            if (scratch.Counter.Audit.HasNew)
            {
                scratch.Counter.Audit.Locate(OriginOf(i));
            }

            if (verdict == Verdict.Clean)
            {
                continue;
            }

            if (scratch.Replacements.WrittenCount > RedactLimits.MaxReplacements)
            {
                throw new TooDenseException();
            }

            any |= verdict == Verdict.Mask ? Replace(i) : Drop(i, verdict, ref droppedEnd);
        }

        return any;
    }

    /// <summary>Scans one field; if it is to be masked, its new content stands in <see cref="Scratch.Replacements"/>.</summary>
    private Verdict RedactField(int index)
    {
        switch (fields[index].Role)
        {
            case FieldRole.Text:
                return RedactText(index);
            case FieldRole.Name:
                return RedactName(index);
            case FieldRole.WholeNumber or FieldRole.FloatingNumber:
                return RedactNumber(fields[index]);
            case FieldRole.Bytes:
                return RedactBytes(index);
            default:
                return RedactUnknown(fields[index]);
        }
    }

    private Verdict RedactText(int index)
    {
        ref readonly LocatedField field = ref fields[index];
        if (IsClean(field))
        {
            return Verdict.Clean;
        }

        SpelledUnit unit = Spell(field);
        Verdict verdict = ReadContent(index, unit);
        if (verdict == Verdict.Mask)
        {
            UnitWriter.Write(unit, scratch.Reader.Ranges, scratch.Reader.Texts, Maskers, scratch.Replacements);
            verdict = MaskAgain.UntilClean(scratch, Maskers, encoding == PayloadEncoding.Json, field.Place);
        }

        scratch.Reader.Content = null;
        return verdict;
    }

    /// <summary>Whether a text is known to need no reading: most have nothing encoded in them.</summary>
    private bool IsClean(in LocatedField field) => !field.Escaped && field.NameRule < 0 && conversations.Hide.Count == 0 && !scratch.Chunks.HasCuts
        && scratch.Payload.IsClean(field.Start, field.End);

    private Verdict RedactName(int index)
    {
        scratch.Counter.Begin();
        SpelledUnit unit = Spell(fields[index]);
        Verdict verdict = ReadText(fields[index], -1, unit);
        if (verdict == Verdict.Clean && !scratch.Counter.HasCounted && !Maskers.DependOnPlace)
        {
            scratch.Names.Add(unit.Plain, scanner.MatchName(unit.Plain));
        }

        if (verdict != Verdict.Mask)
        {
            return verdict;
        }

        UnitWriter.WriteName(unit, scratch.Reader.Ranges, NextOrdinal(index), Maskers, scratch.Replacements);
        return MaskAgain.UntilClean(scratch, Maskers, encoding == PayloadEncoding.Json, fields[index].Place);
    }

    /// <summary>A text as it is, and as the payload spells it.</summary>
    private SpelledUnit Spell(in LocatedField field)
    {
        ReadOnlySpan<byte> spelling = payload[field.Start..field.End];
        if (!field.Escaped)
        {
            return new SpelledUnit(spelling, encoding == PayloadEncoding.Json);
        }

        JsonText.Unescape(spelling, scratch.Plain, scratch.Escapes);
        return new SpelledUnit(scratch.Plain.WrittenSpan, spelling, CollectionsMarshal.AsSpan(scratch.Escapes));
    }

    /// <summary>Reads a text and its views.</summary>
    private Verdict ReadText(in LocatedField field, int nameRule, in SpelledUnit unit) => WithChunks(field, nameRule >= 0, field.Escaped
        ? scratch.Reader.Read(unit.Plain, nameRule, field.Place)
        : scratch.Reader.Read(scratch.Payload, field.Start, field.End, nameRule, field.Place));

    /// <summary>Adds what joining the text with those around it has found.</summary>
    private Verdict WithChunks(in LocatedField field, bool isNamed, Verdict verdict)
    {
        if (verdict > Verdict.Mask || scratch.Chunks.CutAt(field.Start) is not { } cut)
        {
            return verdict;
        }

        scratch.Reader.Add(cut.Ranges, scratch.Chunks.Texts, isNamed);
        return cut.Verdict;
    }

    /// <summary>
    /// Which masked key of its list a key is. Where labels are in the list already, from an earlier hop, counting goes on behind the
    /// greatest of them.
    /// </summary>
    private int NextOrdinal(int index)
    {
        int parent = fields[index].Parent;
        if (parent >= 0 && fields[parent].Shape == MessageShape.KeyValue)
        {
            parent = fields[parent].Parent;
        }

        ref Edit edit = ref edits[parent];
        if (edit.KeyOrdinal == 0)
        {
            edit.KeyOrdinal = Labels.MaxOrdinal(payload[fields[parent].Start..fields[parent].End]);
        }

        return ++edit.KeyOrdinal;
    }

    /// <summary>Makes what was written to <see cref="Scratch.Replacements"/> the new content of a field. False if that is what it holds already.</summary>
    private bool Replace(int index)
    {
        int start = scratch.ReplacementStart;
        ref readonly LocatedField field = ref fields[index];
        ReadOnlySpan<byte> replacement = scratch.Replacements.WrittenSpan[start..];
        bool isNumber = field.Role is FieldRole.WholeNumber or FieldRole.FloatingNumber;
        if (!isNumber && replacement.SequenceEqual(payload[field.Start..field.End]))
        {
            return false;
        }

        edits[index] = new Edit
        {
            Kind = isNumber ? EditKind.ReplaceField : EditKind.ReplaceContent,
            ReplacementStart = start,
            ReplacementLength = replacement.Length,
        };
        return true;
    }

    /// <summary>
    /// Drops the record or the key-value pair around a field. A field that is in neither is emptied: for protobuf the same as gone,
    /// and an entry of a table keeps its number.
    /// </summary>
    private bool Drop(int index, Verdict verdict, ref int droppedEnd)
    {
        int target = verdict >= Verdict.DropRecord ? Around.Nearest(index, MessageShape.Record) : -1;
        if (target >= 0)
        {
            scratch.Counter.Drop(verdict);
        }
        else if (verdict == Verdict.Refuse)
        {
            scratch.IsRefused = true;
            return false;
        }
        else
        {
            target = Around.Nearest(index, MessageShape.KeyValue);
        }

        if (target >= 0)
        {
            edits[target].Kind = EditKind.Drop;
            droppedEnd = fields[target].End;
            return true;
        }

        scratch.ReplacementStart = scratch.Replacements.WrittenCount;
        if (fields[index].Role is FieldRole.WholeNumber or FieldRole.FloatingNumber)
        {
            WriteAsText(fields[index], []);
        }

        return Replace(index);
    }
}
