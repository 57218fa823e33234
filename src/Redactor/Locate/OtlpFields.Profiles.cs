namespace Redactor.Locate;

public static partial class OtlpFields
{
    private const string Profiles = "opentelemetry.proto.profiles.v1development.";

    private static readonly OtlpMessage ProfilesRequest = new("opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest");
    private static readonly OtlpMessage ResourceProfiles = new(Profiles + "ResourceProfiles");
    private static readonly OtlpMessage ScopeProfiles = new(Profiles + "ScopeProfiles");
    private static readonly OtlpMessage Profile = new(Profiles + "Profile", MessageShape.Record);
    private static readonly OtlpMessage Dictionary = new(Profiles + "ProfilesDictionary", MessageShape.Dictionary);
    private static readonly OtlpMessage KeyValueAndUnit = new(Profiles + "KeyValueAndUnit", MessageShape.KeyValue);
    private static readonly OtlpMessage ValueType = new(Profiles + "ValueType");
    private static readonly OtlpMessage Sample = new(Profiles + "Sample");
    private static readonly OtlpMessage Mapping = new(Profiles + "Mapping");
    private static readonly OtlpMessage Location = new(Profiles + "Location");
    private static readonly OtlpMessage Line = new(Profiles + "Line");
    private static readonly OtlpMessage Function = new(Profiles + "Function");
    private static readonly OtlpMessage ProfileLink = new(Profiles + "Link");
    private static readonly OtlpMessage Stack = new(Profiles + "Stack");

    private static void DefineProfiles()
    {
        ProfilesRequest.Define(Child(1, "resourceProfiles", ResourceProfiles), Child(2, "dictionary", Dictionary));
        ResourceProfiles.Define(
            Child(1, "resource", Resource),
            Child(2, "scopeProfiles", ScopeProfiles),
            Text(3, "schemaUrl", "resource.schema_url"));
        ScopeProfiles.Define(
            Child(1, "scope", Scope),
            Child(2, "profiles", Profile),
            Text(3, "schemaUrl", "scope.schema_url"));
        Profile.Define(
            Child(1, "sampleType", ValueType),
            Child(2, "samples", Sample),
            Fixed64(3, "timeUnixNano"),
            Varint(4, "durationNano"),
            Child(5, "periodType", ValueType),
            Varint(6, "period"),
            Id(7, "profileId", 16),
            Varint(8, "droppedAttributesCount"),
            Text(9, "originalPayloadFormat", "profile.payload"),
            new OtlpField(10, "originalPayload", FieldKind.Bytes, WireType.Length) { Place = "profile.payload" },
            Repeated(Varint(11, "attributeIndices")));
        ValueType.Define(Varint(1, "typeStrindex"), Varint(2, "unitStrindex"));
        Sample.Define(
            Varint(1, "stackIndex"),
            Repeated(Varint(2, "attributeIndices")),
            Varint(3, "linkIndex"),
            Repeated(Varint(4, "values")),
            Repeated(Fixed64(5, "timestampsUnixNano")));
        DefineTables();
    }

    private static void DefineTables()
    {
        Dictionary.Define(
            Child(1, "mappingTable", Mapping),
            Child(2, "locationTable", Location),
            Child(3, "functionTable", Function),
            Child(4, "linkTable", ProfileLink),
            Text(5, "stringTable", StringTablePlace),
            Child(6, "attributeTable", KeyValueAndUnit, "profile.attribute"),
            Child(7, "stackTable", Stack));
        Mapping.Define(
            Varint(1, "memoryStart"),
            Varint(2, "memoryLimit"),
            Varint(3, "fileOffset"),
            Varint(4, "filenameStrindex"),
            Repeated(Varint(5, "attributeIndices")));
        Location.Define(
            Varint(1, "mappingIndex"),
            Varint(2, "address"),
            Child(3, "lines", Line),
            Repeated(Varint(4, "attributeIndices")));
        Line.Define(Varint(1, "functionIndex"), Varint(2, "line"), Varint(3, "column"));
        Function.Define(
            Varint(1, "nameStrindex"),
            Varint(2, "systemNameStrindex"),
            Varint(3, "filenameStrindex"),
            Varint(4, "startLine"));
        ProfileLink.Define(TraceId(1), SpanId(2));
        Stack.Define(Repeated(Varint(1, "locationIndices")));
        KeyValueAndUnit.Define(
            new OtlpField(1, "keyStrindex", FieldKind.NameIndex, WireType.Varint),
            Child(2, "value", AnyValue),
            Varint(3, "unitStrindex"));
    }
}
