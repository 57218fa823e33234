using System.Globalization;
using System.Text;
using Google.Protobuf;
using Redactor.Locate;
using Redactor.Otlp;
using Redactor.Otlp.Profiles;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Scanning;
using static Redactor.Tests.Redact.RedactTesting;
using Link = Redactor.Otlp.Span.Types.Link;

namespace Redactor.Tests.Redact;

/// <summary>Protobuf as senders may legally write it, and as they may not.</summary>
public sealed class WireCasesTests
{
    [Fact]
    public void A_value_before_its_name_is_masked()
    {
        byte[] pair = [.. Field(2, Field(1, "hunter2"u8)), .. Field(1, "pin"u8)];
        Assert.Equal([.. Field(2, Field(1, "[REDACTED:secret-name]"u8)), .. Field(1, "pin"u8)], Attribute(pair));
    }

    [Fact]
    public void Of_repeated_names_each_counts()
    {
        byte[] pair = [.. Field(1, "pin"u8), .. Field(2, Field(1, "hunter2"u8)), .. Field(1, "harmless"u8)];
        Assert.Equal([.. Field(1, "pin"u8), .. Field(2, Field(1, "[REDACTED:secret-name]"u8)), .. Field(1, "harmless"u8)], Attribute(pair));
    }

    [Fact]
    public void Of_repeated_values_each_is_masked()
    {
        byte[] value = Field(2, [.. Field(1, "one"u8), .. Field(1, "two"u8)]);
        byte[] masked = Field(2, [.. Field(1, "[REDACTED:secret-name]"u8), .. Field(1, "[REDACTED:secret-name]"u8)]);
        Assert.Equal([.. Field(1, "pin"u8), .. masked, .. masked], Attribute([.. Field(1, "pin"u8), .. value, .. value]));
    }

    [Fact]
    public void An_overlong_length_hides_no_short_name()
    {
        byte[] pair = [0x0A, 0x83, 0x00, .. "pin"u8, .. Field(2, Field(1, "hunter2"u8))];
        Assert.Equal([0x0A, 0x83, 0x00, .. "pin"u8, .. Field(2, Field(1, "[REDACTED:secret-name]"u8))], Attribute(pair));
    }

    [Fact]
    public void An_overlong_tag_hides_no_number()
    {
        byte[] number = new AnyValue { IntValue = Card }.ToByteArray();
        byte[] pair = [.. Field(1, "n"u8), .. Field(2, [0x98, 0x00, .. number.AsSpan(1)])];
        Assert.Equal([.. Field(1, "n"u8), .. Field(2, Field(1, "[REDACTED:card]"u8))], Attribute(pair));
    }

    [Fact]
    public void An_unknown_field_is_scanned_as_text_and_as_a_message_and_masked_at_equal_length()
    {
        byte[] canary = Encoding.UTF8.GetBytes(Canary);
        byte[] stars = Encoding.UTF8.GetBytes(new string('*', canary.Length));
        Assert.Equal(Record(Field(99, [.. "text "u8, .. stars])), Redacted(Record(Field(99, [.. "text "u8, .. canary]))));
        Assert.Equal(Record(Field(99, Field(3, Field(7, stars)))), Redacted(Record(Field(99, Field(3, Field(7, canary))))));
    }

    [Fact]
    public void What_overwriting_leaves_of_an_unknown_field_or_of_bytes_is_scanned_again()
    {
        // Behind the letters of the canary the digits end no word, behind asterisks they do.
        byte[] both = Encoding.UTF8.GetBytes($"4111111111111111{Canary}"), stars = Encoding.UTF8.GetBytes(new string('*', both.Length));
        Assert.Equal(Record(Field(99, stars)), Redacted(Record(Field(99, both))));
        byte[] bytes(byte[] content) => Attribute([.. Field(1, "k"u8), .. Field(2, Field(7, [.. content, 0xFF]))]);
        Assert.Equal([.. Field(1, "k"u8), .. Field(2, Field(7, [.. stars, 0xFF]))], bytes(both));
    }

    [Fact]
    public void Bytes_that_are_text_once_they_are_overwritten_are_masked_as_a_second_hop_would()
    {
        byte[] request(byte[] content) => [.. Field(1, Field(1, Field(1, [.. Field(1, "k"u8), .. Field(2, Field(7, content))])))];
        RuleSet rules = Create(FilterEngine.Auto, Rule("assigned", "tok=([^ \"]{6,30})"));
        byte[] redacted = Run(Signal.Logs, request([.. "tok=abcdefgh"u8, 0xFF, .. " {\"pin\":\"1234\"}"u8]), rules).Payload!.Bytes.ToArray();
        Assert.Equal(request([.. "tok=********* {\"pin\":\"[REDACTED:secret-name]\"}"u8]), redacted);
        Assert.Equal(redacted, Run(Signal.Logs, redacted, rules).Payload!.Bytes.ToArray());
    }

    [Fact]
    public void An_unknown_field_is_scanned_whatever_its_tag_and_its_length_look_like()
    {
        // From field 513 on the second byte of the tag may look like a letter, and from 48 bytes on the length too: "k4" + 16 digits is no card.
        const int field = ('k' << 4) | 1;
        string text = " was declined".PadRight('4' - 16, '.');
        byte[] card = Encoding.UTF8.GetBytes(Card.ToString(CultureInfo.InvariantCulture) + text), stars = Encoding.UTF8.GetBytes(new string('*', 16) + text);
        Assert.Equal(Record(Field(field, stars)), Redacted(Record(Field(field, card))));
    }

    [Fact]
    public void A_known_field_of_another_wire_type_is_unknown()
    {
        byte[] canary = Encoding.UTF8.GetBytes(Canary);
        byte[] stars = Encoding.UTF8.GetBytes(new string('*', canary.Length));
        Assert.Equal(Record(Field(1, stars)), Redacted(Record(Field(1, canary))));
    }

    [Fact]
    public void Bytes_in_place_of_a_key_that_is_a_number_are_an_unknown_field()
    {
        // As text the card number is the end of a longer one, "94111...": the '9' is a length only to who reads a message.
        byte[] request = [.. DictionaryPair([.. "4111111111111111 "u8, .. new byte[40]])];
        byte[] masked = [.. DictionaryPair([.. "**************** "u8, .. new byte[40]])];
        Assert.Equal(masked, Run(Signal.Profiles, request).Payload!.Bytes.ToArray());

        static byte[] DictionaryPair(byte[] text) => Field(2, Field(6, [.. Field(1, Field(1, text)), .. Field(2, Field(1, "plain"u8))]));
    }

    [Fact]
    public void An_id_of_another_length_is_text()
    {
        byte[] canary = Encoding.UTF8.GetBytes(Canary);
        byte[] stars = Encoding.UTF8.GetBytes(new string('*', canary.Length));
        Assert.Equal(Record(Field(9, stars)), Redacted(Record(Field(9, canary))));

        // Sixteen bytes are an id, whatever they look like.
        byte[] id = Record(Field(9, "4111111111111111"u8));
        Assert.Equal(id, Redacted(id));
    }

    [Fact]
    public void Entity_references_stay_true_to_the_keys_they_refer_to()
    {
        var resource = new Resource { Attributes = { new KeyValue { Key = "host.id", Value = new AnyValue { StringValue = "h" } } } };
        resource.EntityRefs.Add(new EntityRef { Type = "host", IdKeys = { "host.id", Canary } });
        resource.Attributes.Add(new KeyValue { Key = Canary, Value = new AnyValue { BoolValue = true } });
        Resource redacted = Run(Signal.Logs, new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = resource } } }).ResourceLogs[0].Resource;
        Assert.Equal(redacted.Attributes.Select(a => a.Key), redacted.EntityRefs[0].IdKeys);
    }

    [Fact]
    public void Masked_keys_stay_distinct_also_from_those_of_an_earlier_hop()
    {
        var link = new Link();
        foreach (string key in new[] { Canary, "[REDACTED:canary:4]", Canary, "x" + Canary })
        {
            link.Attributes.Add(new KeyValue { Key = key, Value = new AnyValue { BoolValue = true } });
        }

        var request = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { new Span { Links = { link } } } } } } } };
        Assert.Equal(
            ["[REDACTED:canary:5]", "[REDACTED:canary:4]", "[REDACTED:canary:6]", "x[REDACTED:canary:7]"],
            Run(Signal.Traces, request).ResourceSpans[0].ScopeSpans[0].Spans[0].Links[0].Attributes.Select(a => a.Key));
    }

    [Fact]
    public void Names_and_values_in_the_string_table_of_profiles_are_followed()
    {
        var dictionary = new ProfilesDictionary { StringTable = { "", "password", "hunter2", "harmless", "other" } };
        dictionary.AttributeTable.Add(new KeyValueAndUnit { KeyStrindex = 1, Value = new AnyValue { StringValue = "hunter3" } });
        dictionary.AttributeTable.Add(new KeyValueAndUnit { KeyStrindex = 1, Value = new AnyValue { StringValueStrindex = 2 } });
        dictionary.AttributeTable.Add(new KeyValueAndUnit { KeyStrindex = 3, Value = new AnyValue { StringValueStrindex = 4 } });
        var resource = new Resource { Attributes = { new KeyValue { KeyStrindex = 1, Value = new AnyValue { IntValue = 5 } } } };
        var request = new ExportProfilesServiceRequest { Dictionary = dictionary, ResourceProfiles = { new ResourceProfiles { Resource = resource } } };

        ExportProfilesServiceRequest redacted = Run(Signal.Profiles, request);

        Assert.Equal(["", "password", "[REDACTED:secret-name]", "harmless", "other"], redacted.Dictionary.StringTable);
        Assert.Equal("[REDACTED:secret-name]", redacted.Dictionary.AttributeTable[0].Value.StringValue);
        Assert.Equal(dictionary.AttributeTable[1], redacted.Dictionary.AttributeTable[1]);
        Assert.Equal("[REDACTED:secret-name]", redacted.ResourceProfiles[0].Resource.Attributes[0].Value.StringValue);
    }

    [Theory]
    [InlineData("0A")]
    [InlineData("0A05")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("0AFFFFFFFF0F")]
    [InlineData("00")]
    [InlineData("0B0C")]
    [InlineData("0C")]
    [InlineData("0E")]
    [InlineData("80808080808080808080808001")]
    [InlineData("0A0212FF")]
    [InlineData("0A04120212FF")]
    public void Broken_framing_is_malformed_with_and_without_anything_to_mask(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Equal(RedactionStatus.Malformed, Run(Signal.Traces, bytes).Status);
        byte[] secret = ProtobufRedactionTests.Logs(new AnyValue { StringValue = Canary }).ToByteArray();
        Assert.Equal(RedactionStatus.Malformed, Run(Signal.Logs, (byte[])[.. secret, .. bytes]).Status);
    }

    [Fact]
    public void Values_nested_to_the_limit_are_masked_and_deeper_ones_refused()
    {
        static ExportLogsServiceRequest Nested(int levels)
        {
            var value = new AnyValue { StringValue = Canary };
            for (int i = 0; i < levels; i++)
            {
                value = new AnyValue { ArrayValue = new ArrayValue { Values = { value } } };
            }

            return ProtobufRedactionTests.Logs(value);
        }

        // Request, resource, scope, record and body are five levels; each array is two more.
        int fits = (LocateLimits.MaxNesting - 5) / 2;
        Assert.True(Run(Signal.Logs, Nested(fits).ToByteArray()).Payload!.Bytes.Span.IndexOf("[REDACTED:canary]"u8) > 0);
        Assert.Equal(RedactionStatus.TooDeep, Run(Signal.Logs, Nested(fits + 1).ToByteArray()).Status);
        Assert.Equal(RedactionStatus.TooDeep, Run(Signal.Logs, Nested(5000).ToByteArray()).Status);
    }

    [Fact]
    public void A_message_that_is_broken_anywhere_is_refused_whatever_is_found_in_it()
    {
        byte[] pair = [.. Field(1, "note"u8), .. Field(2, Field(1, "harmless"u8))];
        Assert.Equal(RedactionStatus.Ok, Run(Signal.Logs, Record(Field(6, pair))).Status);
        foreach (int broken in (int[])[1, 7, 9])
        {
            byte[] bytes = [.. pair];
            bytes[broken] += 50;
            Assert.Equal(RedactionStatus.Malformed, Run(Signal.Logs, Record(Field(6, bytes))).Status);
        }
    }

    private static byte[] Attribute(byte[] pair)
    {
        byte[] redacted = Redacted(Record(Field(6, pair)));
        WireField record = Only(redacted, Only(redacted, Only(redacted, new WireField(0, WireType.Length, 0, 0, 0, redacted.Length, 0))));
        WireField attribute = Only(redacted, record);
        return redacted[attribute.Start..attribute.End];
    }

    private static WireField Only(byte[] buffer, WireField around)
    {
        var reader = new ProtobufReader(buffer, around.Start, around.End);
        Assert.True(reader.TryRead(out WireField field));
        Assert.True(reader.AtEnd);
        return field;
    }

    private static byte[] Redacted(byte[] request)
    {
        RedactionResult result = Run(Signal.Logs, request);
        Assert.Equal(RedactionStatus.Ok, result.Status);
        return result.Payload!.Bytes.ToArray();
    }

    private static byte[] Record(ReadOnlySpan<byte> fields) => Field(1, Field(2, Field(2, fields)));

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
