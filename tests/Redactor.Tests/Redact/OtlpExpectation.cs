using System.Collections;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Redactor.Otlp;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact;

/// <summary>What a redacted message should be, made from the decoded original without any of the code under test.</summary>
internal static partial class OtlpExpectation
{
    private const string Named = "[REDACTED:secret-name]";

    /// <summary>Changes <paramref name="message"/> into what its redaction should be.</summary>
    public static void Redact(IMessage message, bool named = false)
    {
        if (message is AnyValue value)
        {
            RedactValue(value, named);
        }

        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            bool isSet = field.IsRepeated || !field.HasPresence || field.Accessor.HasValue(message);
            if (!isSet || (field.ContainingType == AnyValue.Descriptor && field.FieldType != FieldType.Message))
            {
                continue;
            }

            if (field.IsRepeated)
            {
                RedactList((IList)field.Accessor.GetValue(message), named);
            }
            else if (field.FieldType == FieldType.String && field.FieldNumber != KeyValue.KeyFieldNumber | message is not KeyValue)
            {
                field.Accessor.SetValue(message, Mask((string)field.Accessor.GetValue(message)));
            }
            else if (field.FieldType == FieldType.Bytes)
            {
                field.Accessor.SetValue(message, Mask((ByteString)field.Accessor.GetValue(message), false));
            }
            else if (field.Accessor.GetValue(message) is IMessage child)
            {
                Redact(child, named || (message is KeyValue pair && pair.Key.EndsWith("password", StringComparison.Ordinal)));
            }
        }
    }

    private static void RedactList(IList list, bool named)
    {
        int maskedKeys = 0;
        for (int i = 0; i < list.Count; i++)
        {
            switch (list[i])
            {
                case string text:
                    list[i] = Mask(text);
                    break;
                case KeyValue pair:
                    Redact(pair, named);
                    pair.Key = MaskKey(pair.Key, ref maskedKeys);
                    break;
                case IMessage message:
                    Redact(message, named);
                    break;
            }
        }
    }

    private static void RedactValue(AnyValue value, bool named)
    {
        switch (value.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue:
                value.StringValue = named ? MaskNamed(value.StringValue) : Mask(value.StringValue);
                break;
            case AnyValue.ValueOneofCase.BytesValue:
                value.BytesValue = Mask(value.BytesValue, named);
                break;
            case AnyValue.ValueOneofCase.IntValue or AnyValue.ValueOneofCase.DoubleValue:
                value.StringValue = named ? Named : "[REDACTED:card]";
                break;
        }
    }

    private static string MaskKey(string key, ref int maskedKeys)
    {
        string masked = Mask(key);
        if (masked == key)
        {
            return key;
        }

        int end = masked.IndexOf(']', StringComparison.Ordinal);
        return ++maskedKeys == 1 ? masked : masked.Insert(end, $":{maskedKeys}");
    }

    private static string Mask(string text) =>
        CardDigits().Replace(Bearer().Replace(CanaryText().Replace(text, "[REDACTED:canary]"), "bearer [REDACTED:bearer]"), "[REDACTED:card]");

    private static string MaskNamed(string text) =>
        text.Length == 0 ? "" : text.Contains(Canary, StringComparison.Ordinal) ? "[REDACTED:canary]" : Named;

    private static ByteString Mask(ByteString bytes, bool named)
    {
        if (Utf8.IsValid(bytes.Span))
        {
            string text = bytes.ToStringUtf8();
            return ByteString.CopyFromUtf8(named ? MaskNamed(text) : Mask(text));
        }

        string latin = Encoding.Latin1.GetString(bytes.Span);
        latin = named ? MaskNamed(latin) : latin.Replace(Canary, new string('*', Canary.Length), StringComparison.Ordinal);
        return ByteString.CopyFrom(Encoding.Latin1.GetBytes(latin));
    }

    [GeneratedRegex("cnry-[0-9a-f]{16}")]
    private static partial Regex CanaryText();

    [GeneratedRegex("bearer [a-z0-9-]{8,64}")]
    private static partial Regex Bearer();

    [GeneratedRegex("4111111111111111")]
    private static partial Regex CardDigits();
}
