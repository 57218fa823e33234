using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Redactor.Otlp;
using Redactor.Redact;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Views;

/// <summary>However a text is wrapped, to four encodings deep: unwrapped again it is the text with its secret masked, and nothing else changed.</summary>
public sealed class ViewLawTests
{
    /// <summary>REDACTOR_VIEWS sets how many texts are tried; 300 by default.</summary>
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("REDACTOR_VIEWS") ?? "300", CultureInfo.InvariantCulture);

    private const string Mask = "[REDACTED:canary]";

    private static readonly Gen<string> Words = Gen.Elements(
        "the", "answer", "is", "42", "\"", "\\", "/", "\n", "\t", " ", " ", "{", "}", ":", "é", "日本", "😀", "<b>", "&", "%41", "+", "=", "key", "C:\\new", "'", "100%", "aGVsbG8");

    private static readonly Gen<string> Texts = Words.ListOf().Select(words => string.Concat(words));

    private static readonly Gen<(string Before, string After, IList<Wrapping> Wrappings)> Cases =
        from before in Texts
        from after in Texts
        from depth in Gen.Choose(0, 4)
        from wrappings in Gen.Elements(Wrapping.All.ToArray()).ListOf(depth)
        select (before, after, (IList<Wrapping>)[.. wrappings]);

    [Fact]
    public void A_text_unwrapped_again_is_the_text_with_its_secret_masked() =>

        // Long enough for a run, whatever stands around the secret.
        Prop.ForAll(Cases.ToArbitrary(), c => IsOnlyMasked($"{c.Before} {Canary}, then {c.After}.", c.Wrappings)).Check(Config.QuickThrowOnFailure.WithMaxTest(Count));

    /// <summary>What is encoded may be decoded in more than one order, and the line ends of base64 are what means something in most of them.</summary>
    [Fact]
    public void Lines_of_base64_unwrapped_again_from_any_three_encodings_are_lines()
    {
        string text = $"{new string('a', 90)} {Canary} {new string('z', 90)}";
        IEnumerable<Wrapping[]> nestings =
            from first in Wrapping.All
            from second in Wrapping.All
            from third in Wrapping.All
            select new[] { Wrapping.Named("base64 in lines"), first, second, third };
        Assert.DoesNotContain(nestings, wrappings => !IsOnlyMasked(text, wrappings));
    }

    /// <summary>No encoder leaves half of a backslash's escape plain, but what was encoded by parts and put together may have it.</summary>
    [Fact]
    public void Characters_url_encoded_at_random_over_any_other_encodings_hide_nothing()
    {
        var random = new Random(1);
        string text = $"{new string('a', 90)} {Canary} {new string('z', 90)}";
        IEnumerable<Wrapping[]> nestings =
            from first in Wrapping.All
            from second in Wrapping.All
            from share in (double[])[0.05, 0.3, 0.7]
            select new[] { second, first, UrlAtRandom(random, share) };
        Assert.DoesNotContain(nestings, wrappings => !HidesNoText(text, wrappings));
    }

    [Fact]
    public void A_wrapped_text_without_a_secret_stays_as_it_is() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        string wrapped = c.Wrappings.Aggregate($"{c.Before} no secret here, then {c.After}.", (inner, wrapping) => wrapping.Encode(inner));
        return Redact(wrapped) == wrapped;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Count));

    [Fact]
    public void A_field_of_a_payload_is_read_as_the_same_text_alone() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        string nested = c.Wrappings.Aggregate($"{c.Before} {Canary}, then {c.After}.", (inner, wrapping) => wrapping.Encode(inner));
        string[] texts = [nested, $"[{Card}]", .. c.Wrappings.Append(Wrapping.All[0]).Select(wrapping => wrapping.Encode($"{c.Before} {Canary}, then {c.After}.")), c.Before, c.After, "tail\\"];
        var request = new ExportLogsServiceRequest();
        var records = new ScopeLogs();
        foreach (string text in texts)
        {
            records.LogRecords.Add(new LogRecord { Body = new AnyValue { StringValue = text }, EventName = c.After });
        }

        request.ResourceLogs.Add(new ResourceLogs { ScopeLogs = { records } });
        string[] expected = [.. texts.Select(Redact)];
        return Bodies(ExportLogsServiceRequest.Parser.ParseFrom(Payload(request.ToByteArray(), PayloadEncoding.Protobuf).Span)).SequenceEqual(expected)
            && Bodies(JsonParser.Default.Parse<ExportLogsServiceRequest>(Encoding.UTF8.GetString(
                Payload(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request)), PayloadEncoding.Json).Span))).SequenceEqual(expected);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Count));

    /// <summary>Whether a text that was wrapped, redacted and unwrapped is what it was with its secret masked. What can't be unwrapped any more is none.</summary>
    private static bool IsOnlyMasked(string text, IList<Wrapping> wrappings)
    {
        string redacted = Redact(wrappings.Aggregate(text, (inner, wrapping) => wrapping.Encode(inner)));
        try
        {
            string unwrapped = wrappings.Reverse().Aggregate(redacted, (outer, wrapping) => wrapping.Decode(outer));
            return unwrapped == text.Replace(Canary, Mask, StringComparison.Ordinal) && Redact(redacted) == redacted;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether something in a text that was wrapped is masked, and nothing of its secret left in what can be unwrapped: base64 whose line ends are spelled in two ways can't.</summary>
    private static bool HidesNoText(string text, IList<Wrapping> wrappings)
    {
        string wrapped = wrappings.Aggregate(text, (inner, wrapping) => wrapping.Encode(inner)), redacted = Redact(wrapped);
        try
        {
            string unwrapped = wrappings.Reverse().Aggregate(redacted, (outer, wrapping) => wrapping.Decode(outer));
            return redacted != wrapped && !unwrapped.Contains(Canary[..12], StringComparison.Ordinal) && !unwrapped.Contains(Canary[^12..], StringComparison.Ordinal);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return redacted != wrapped;
        }
    }

    private static Wrapping UrlAtRandom(Random random, double share) => new(
        $"url at random, {share}",
        text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => b is (byte)'%' or >= 0x80 || random.NextDouble() < share ? $"%{b:x2}" : ((char)b).ToString())),
        Uri.UnescapeDataString);

    private static ReadOnlyMemory<byte> Payload(byte[] bytes, PayloadEncoding encoding) => Run(Signal.Logs, bytes, null, encoding).Payload!.Bytes;

    private static IEnumerable<string> Bodies(ExportLogsServiceRequest request) => request.ResourceLogs[0].ScopeLogs[0].LogRecords.Select(record => record.Body.StringValue);

    private static string Redact(string text) => Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(text), TestRules).Bytes.Span);
}
