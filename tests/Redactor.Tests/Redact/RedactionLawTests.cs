using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Redactor.Locate;
using Redactor.Redact;
using Redactor.Redact.Views;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>
/// The law: findings of the payload = union of the findings of every unit, with the filter off. Names count as findings of what they name.
/// </summary>
public sealed class RedactionLawTests
{
    private static readonly RuleSet Unfiltered = Create(FilterEngine.None);

    [Fact]
    public void The_findings_of_a_payload_are_those_of_its_units_without_a_filter()
    {
        Gen<(int Seed, Signal Signal)> payloads = Gen.Choose(0, 1_000_000).Zip(Gen.Elements(Enum.GetValues<Signal>()));
        Prop.ForAll(payloads.ToArbitrary(), p =>
        {
            IMessage request = new OtlpGenerator(p.Seed, p.Seed % 4).Request(p.Signal);
            byte[] bytes = new ShuffledWriter(p.Seed).Write(request);
            return Findings(bytes, p.Signal, TestRules, filtered: true).SetEquals(Findings(bytes, p.Signal, Unfiltered, filtered: false));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_redacted_twice_is_text_redacted_once()
    {
        Gen<string> pieces = Gen.Elements(Canary, "cnry-", "[REDACTED:canary]", "[REDACTED:", "]", "bearer ", " ", "4111111111111111", "é", "x", "[REDACTED:a:2]");
        Prop.ForAll(pieces.ListOf().ToArbitrary(), list =>
        {
            ReadOnlyMemory<byte> once = TextRedactor.Redact(Encoding.UTF8.GetBytes(string.Concat(list)), TestRules).Bytes;
            return TextRedactor.Redact(once, TestRules).Bytes.Span.SequenceEqual(once.Span);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_allocation_for_a_clean_payload_does_not_depend_on_its_size()
    {
        long small = Allocated(10), large = Allocated(20_000);
        Assert.InRange(large, 0, small + 64);
    }

    private static long Allocated(int values)
    {
        var request = ProtobufRedactionTests.LogAttribute("list", new Otlp.AnyValue { ArrayValue = new Otlp.ArrayValue() });
        for (int i = 0; i < values; i++)
        {
            request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes[0].Value.ArrayValue.Values.Add(new Otlp.AnyValue { StringValue = "plain text" });
        }

        byte[] bytes = request.ToByteArray();
        for (int i = 0; i < 3; i++)
        {
            Run(Signal.Logs, bytes);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(Signal.Logs, bytes);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static HashSet<(int Rule, int Start, int End)> Findings(byte[] bytes, Signal signal, RuleSet rules, bool filtered)
    {
        var scratch = new LocateScratch();
        var texts = new PayloadText();
        Assert.Equal(LocateStatus.Ok, ProtobufUnits.Read(bytes, OtlpFields.Request(signal), scratch));
        texts.Read(bytes, scratch.Texts, rules.Scanner);
        Assert.Equal(LocateStatus.Ok, ProtobufLocator.Locate(bytes, OtlpFields.Request(signal), rules.Scanner, filtered ? texts.FindPlaces(scratch.Names) : null, scratch));
        var all = new HashSet<(int, int, int)>();
        var findings = new FindingList();
        foreach (LocatedField field in scratch.Fields.Items)
        {
            switch (field.Role)
            {
                case FieldRole.Message:
                    continue;
                case FieldRole.WholeNumber or FieldRole.FloatingNumber:
                    ScanNumber(field, rules.Scanner, findings);
                    break;
                default:
                    ReadOnlySpan<byte> unit = bytes.AsSpan(field.Start..field.End);
                    _ = filtered && texts.TryGetUnit(field.Start, field.End, out PayloadUnit known) && known.Escapes.IsEmpty
                        ? texts.Confirm(known, findings)
                        : rules.Scanner.Scan(unit, findings);
                    break;
            }

            foreach (Finding finding in findings.Items)
            {
                all.Add((finding.Rule, field.Start + finding.Start, field.Start + finding.End));
            }

            if (field.NameRule >= 0)
            {
                all.Add((field.NameRule, field.Start, field.End));
            }
        }

        return all;
    }

    private static void ScanNumber(in LocatedField field, Scanner scanner, FindingList findings)
    {
        Span<byte> digits = stackalloc byte[NumberText.MaxLength];
        findings.Clear();
        bool scanned = field.Role == FieldRole.WholeNumber
            ? NumberText.TryFormat((long)field.Number, digits, out int length)
            : NumberText.TryFormat(BitConverter.UInt64BitsToDouble(field.Number), digits, out length);
        if (scanned)
        {
            scanner.ScanNumber(digits[..length], findings);
        }
    }
}
